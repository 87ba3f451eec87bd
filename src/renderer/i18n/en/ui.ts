/** Words of the parts every panel is made of. */
export const ui = {
  'number.refused':
    'Not taken: “{{text}}” is not one clear number. Write 1,000.5 or 1000.5. The value is unchanged.',
} as const;
