using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Channels;

/// <summary>One generation of a channel's keys; without keys in mode None.</summary>
internal sealed class ChannelToken(uint id, DirectionKeys? send, DirectionKeys? receive, TimeSpan lifetime, TimeProvider time) : IDisposable
{
    // A token is accepted for a quarter longer than it lives (OPC 10000-4 §5.5.2), and renewed when three quarters are over.
    private const double AcceptedPart = 1.25;
    private const double RenewedPart = 0.75;

    private readonly long _created = time.GetTimestamp();

    public uint Id { get; } = id;

    public DirectionKeys? Send { get; } = send;

    public DirectionKeys? Receive { get; } = receive;

    public TimeSpan Lifetime { get; } = lifetime;

    public bool IsExpired => time.GetElapsedTime(_created) > Lifetime * AcceptedPart;

    public TimeSpan RenewalIn => Lifetime * RenewedPart - time.GetElapsedTime(_created) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    public bool IsRenewalDue => time.GetElapsedTime(_created) >= Lifetime * RenewedPart;

    public void Dispose()
    {
        Send?.Dispose();
        Receive?.Dispose();
    }
}
