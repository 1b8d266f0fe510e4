/** The part of pacote that is used here; the package ships no types of its own. */
declare module "pacote" {
  interface Options {
    readonly integrity?: string;
    readonly registry?: string;
    readonly cache?: string;
  }

  interface Pacote {
    /** Fetches a package's tarball alone, checks it, and unpacks it into a folder. */
    extract(spec: string, folder: string, options?: Options): Promise<{ readonly integrity: string }>;
  }

  const pacote: Pacote;
  export default pacote;
}
