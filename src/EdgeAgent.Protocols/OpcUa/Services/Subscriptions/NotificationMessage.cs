using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>
/// A notification message where it lies (OPC 10000-4 §7.26): its number, its time, and its notifications to be walked with
/// <see cref="DataChanges"/>. Lives no longer than the message's bytes.
/// </summary>
internal readonly ref struct NotificationMessage
{
    // A node id of two bytes, and the kind of encoding.
    private const int NotificationBytesMin = 3;

    private readonly ReadOnlySpan<byte> _notifications;

    public NotificationMessage(uint sequenceNumber, DateTime publishedAt, int notificationCount, ReadOnlySpan<byte> notifications)
    {
        SequenceNumber = sequenceNumber;
        PublishedAt = publishedAt;
        NotificationCount = notificationCount;
        _notifications = notifications;
    }

    /// <summary>The message's number; in a keep-alive, the number that the next message will have.</summary>
    public uint SequenceNumber { get; }

    public DateTime PublishedAt { get; }

    /// <summary>0 stands for a keep-alive.</summary>
    public int NotificationCount { get; }

    public bool IsKeepAlive => NotificationCount == 0;

    /// <summary>The values that the message brings, in their order.</summary>
    public DataChanges Changes => new(_notifications, NotificationCount);

    public static NotificationMessage Read(scoped ref UaReader reader)
    {
        uint sequence = reader.ReadUInt32();
        DateTime publishedAt = reader.ReadDateTime();
        int count = Math.Max(reader.ReadArrayLength(NotificationBytesMin), 0);
        int start = reader.Position;
        for (int i = 0; i < count && reader.IsGood; i++)
        {
            reader.ReadExtension(out _, out _, out _);
        }
        return new NotificationMessage(sequence, publishedAt, count, reader.IsGood ? reader.Since(start) : default);
    }
}
