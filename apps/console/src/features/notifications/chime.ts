const notes = [
  { hertz: 880, at: 0 },
  { hertz: 1174.66, at: 0.09 },
] as const;
const lengthSeconds = 0.35;
const loudness = 0.08;

/** Two soft tones, made on the spot. Silent where the browser does not allow sound yet. */
export async function chime(): Promise<void> {
  if (typeof AudioContext === "undefined") return;
  const audio = new AudioContext();
  if (audio.state !== "running") {
    await audio.close();
    return;
  }
  for (const { hertz, at } of notes) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + at;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(loudness, start);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + lengthSeconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + lengthSeconds);
  }
  setTimeout(() => void audio.close(), (lengthSeconds + 0.2) * 1000);
}
