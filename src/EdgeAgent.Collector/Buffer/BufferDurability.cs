namespace EdgeAgent.Collector.Buffer;

/// <summary>What an append has survived when it returns. The contract in full is in README.md beside this file.</summary>
public enum BufferDurability
{
    /// <summary>A kill of the process. A power cut may cost what was appended in the last <see cref="BufferOptions.SyncIntervalMs"/>.</summary>
    Normal,
    /// <summary>A power cut as well: every append waits until the disk has it.</summary>
    Full,
}
