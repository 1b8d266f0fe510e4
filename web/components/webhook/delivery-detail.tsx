import type { Webhook, WebhookAttempt, WebhookDelivery } from "@farthing/sdk";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { Failed } from "@/components/states.tsx";
import { getMessage } from "@/lib/api-webhooks.ts";
import { grouped } from "@/lib/decimal.ts";
import { answerWords } from "@/lib/delivery-words.ts";
import { ReplayForm } from "./replay-form.tsx";

interface Props {
  readonly webhook: Webhook;
  readonly delivery: WebhookDelivery;
  readonly zone: string;
  readonly mayReplay: boolean;
}

/** A message as it is sent, every attempt that is kept, and the way to send it again. */
export async function DeliveryDetail({ webhook, delivery, zone, mayReplay }: Props) {
  const { message, type, attempts, attemptCount, reason } = delivery;
  const sent = await getMessage(message);
  return (
    <div data-panel="delivery" className="grid gap-4 p-4 sm:px-5">
      <div className="flex flex-wrap items-center gap-3">
        {mayReplay ? (
          <ReplayForm webhook={webhook.id} url={webhook.url} message={message} type={type} />
        ) : (
          <p className="text-sm text-soft">Sending it again needs a key with the role admin.</p>
        )}
        {reason ? <p className="text-sm text-body">It was given up: {reason}.</p> : null}
      </div>
      {attempts.length > 0 ? (
        <div className="rounded-lg border border-line bg-panel">
          <DataTable
            label={`Attempts of ${message}`}
            columns={columnsOf(zone)}
            rows={attempts}
            rowKey={({ at }) => at}
          />
        </div>
      ) : null}
      {attemptCount > attempts.length ? (
        <p className="text-xs text-soft">
          The last {attempts.length} of {attemptCount} attempts.
        </p>
      ) : null}
      {sent.ok ? (
        <pre
          title="The message"
          className="min-w-0 whitespace-pre-wrap rounded-md border border-line bg-panel p-3 font-mono text-xs text-ink [overflow-wrap:anywhere]"
        >
          {sent.value.body}
        </pre>
      ) : (
        <Failed what="the message" problem={sent.problem} />
      )}
    </div>
  );
}

function columnsOf(zone: string): readonly Column<WebhookAttempt>[] {
  return [
    { head: "At", cell: ({ at }) => <Moment at={at} zone={zone} detail="second" /> },
    { head: "Answer", cell: (attempt) => <span className="whitespace-nowrap">{answerWords(attempt)}</span> },
    {
      head: "Took",
      end: true,
      cell: ({ durationMs }) => <span className="whitespace-nowrap">{grouped(String(durationMs))} ms</span>,
    },
    {
      head: "What it said",
      grow: true,
      cell: ({ response }) => <code className="font-mono text-xs [overflow-wrap:anywhere]">{response}</code>,
    },
  ];
}
