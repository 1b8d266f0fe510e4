/** How many times the cases of a short run the dearest properties are tried with: npm run test:properties. */
export const propertyTimes = Number(process.env.FARTHING_PROPERTY_TIMES ?? 1);
