// After the user and a colon comes either a port or a password; a password ends at the last @, since people forget to encode one in it.
const USER_AND_PASSWORD = /^([a-z]+:\/\/[^:@/?]*:)(?!\d*(?:[/?]|$)).*(?=@)/i;
const PARAMETER = /([?&](?:ssl)?password=)[^&]*/gi;
const KEYWORD = /\b((?:ssl)?password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&]+)/gi;

/** The URL, or `keyword=value` text, with every password in it replaced by `***`, fit for messages and logs. */
export function safeUrl(text: string): string {
  return text.replace(USER_AND_PASSWORD, '$1***').replace(PARAMETER, '$1***').replace(KEYWORD, '$1***');
}
