namespace EdgeAgent.Collector.Buffer;

/// <summary>What became of an append.</summary>
public enum AppendStatus
{
    /// <summary>The batch is in the buffer, as durable as the buffer's mode says.</summary>
    Appended,
    /// <summary>The disk takes nothing now, even after the oldest batches were given up. The sequence was not used; try again with a later batch.</summary>
    Full,
    /// <summary>The database was damaged and set aside: take <see cref="BatchBuffer.Incarnation"/>, <see cref="BatchBuffer.NextSequence"/>
    /// and <see cref="BatchBuffer.LastHash"/> anew, seal again with the definition, and append that.</summary>
    NewIncarnation,
}
