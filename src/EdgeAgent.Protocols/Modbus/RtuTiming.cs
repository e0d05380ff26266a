using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Modbus;

/// <summary>The silences that mark the ends of RTU frames (Modbus over serial line V1.02, 2.5.1.1).</summary>
public static class RtuTiming
{
    /// <summary>Above this rate the silences are fixed, so that devices need not measure ever shorter ones.</summary>
    private const int FixedAboveBaud = 19_200;

    private static readonly TimeSpan FixedSilence = TimeSpan.FromMicroseconds(1750);

    /// <summary>t3.5: between two frames.</summary>
    public static TimeSpan FrameSilence(SerialSettings settings) => settings.BaudRate > FixedAboveBaud ? FixedSilence : settings.TimeOf(3.5);
}
