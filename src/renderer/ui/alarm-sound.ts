/** Two short tones, high then low; louder things are the system's business. Hz, s. */
const TONES = [
  { hertz: 880, at: 0 },
  { hertz: 660, at: 0.18 },
] as const;
const TONE_S = 0.16;
const LOUDNESS = 0.14;

let context: AudioContext | undefined;

/** Sounds the alarm. False when the browser keeps silent because nobody has yet touched this window. */
export async function soundAlarm(): Promise<boolean> {
  context ??= new AudioContext();
  // A page that nobody has touched may not sound; the promise then never settles, so it is not waited for alone.
  await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 200))]);
  if (context.state !== 'running') return false;
  for (const { hertz, at } of TONES) tone(context, hertz, context.currentTime + at);
  return true;
}

function tone(audio: AudioContext, hertz: number, from: number): void {
  const source = audio.createOscillator();
  const loudness = audio.createGain();
  source.frequency.value = hertz;
  // Swelling and dying away, so that it does not click.
  loudness.gain.setValueAtTime(0, from);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
  loudness.gain.linearRampToValueAtTime(0, from + TONE_S);
  source.connect(loudness).connect(audio.destination);
  source.start(from);
  source.stop(from + TONE_S);
}
