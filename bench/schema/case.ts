/** `billing_invoice` as a property or variable: `billingInvoice`. */
export const camelCase = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `billing_invoice` as a class or model: `BillingInvoice`. */
export const pascalCase = (name: string): string => camelCase(`_${name}`);
