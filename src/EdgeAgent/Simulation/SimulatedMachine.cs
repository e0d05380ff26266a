using EdgeAgent.Core.Model;

namespace EdgeAgent.Simulation;

/// <summary>One machine as a function of time: asked twice for the same instant it answers the same, and its counters go on
/// after a restart as if it had never stopped.</summary>
/// <remarks>An hour has 40 blocks of 90 s. Each hour holds the same blocks of running, idling, alarm and standstill in another
/// order, so that the counters of whole hours are a product and only the current hour is summed.</remarks>
internal sealed class SimulatedMachine
{
    private const int BlocksPerHour = 40;
    private const long BlockTicks = UnixTicks.PerHour / BlocksPerHour;
    private const double StandbyPowerShare = 0.12; // Drives and heating of a machine that waits.

    private static readonly long BornTicks = UnixTicks.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly ulong _seed;
    private readonly MachineState[] _hour = new MachineState[BlocksPerHour];
    private long _hourShuffled = long.MinValue;

    /// <param name="seed">Tells machines of one kind apart.</param>
    public SimulatedMachine(MachineProfile profile, int seed) => (Profile, _seed) = (profile, (ulong)seed * 0x9E37_79B9_7F4A_7C15UL + 1);

    public MachineProfile Profile { get; }

    /// <summary>The machine at an instant. Not safe for concurrent use.</summary>
    public MachineReadout ReadAt(long unixTicks)
    {
        long age = Math.Max(0, unixTicks - BornTicks);
        long hour = age / UnixTicks.PerHour;
        long intoHour = age % UnixTicks.PerHour;
        Shuffle(hour);
        MachineState state = _hour[intoHour / BlockTicks];
        double seconds = (double)age / UnixTicks.PerSecond;
        long runningTicks = (hour * Profile.RunningBlocks * BlockTicks) + TicksThisHour(intoHour, MachineState.Running);
        long idleTicks = (hour * Profile.IdleBlocks * BlockTicks) + TicksThisHour(intoHour, MachineState.Idle);
        long parts = Profile.CycleMs == 0 ? 0 : runningTicks / (Profile.CycleMs * UnixTicks.PerMillisecond);
        return new MachineReadout(
            state,
            AlarmCode: state == MachineState.Alarm ? (ushort)(100 + (Noise(hour, intoHour / BlockTicks) * 20)) : (ushort)0,
            Parts: (uint)parts,
            Rejects: (uint)(parts / 71), // About 1.4 %, a plain workshop's figure.
            CycleSeconds: Profile.CycleMs == 0 ? 0 : (float)(Profile.CycleMs / 1000.0 * (1 + (0.03 * Wave(seconds, 17, 1)))),
            TemperatureCelsius: (float)(Profile.TemperatureCelsius * TemperatureLevel(state) * (1 + (0.012 * Wave(seconds, 47, 2)))),
            PressureBar: (float)(state == MachineState.Stopped ? 0 : Profile.PressureBar * (1 + (0.02 * Wave(seconds, 5.3, 3)))),
            LoadPercent: (float)(state == MachineState.Running ? 72 + (18 * Wave(seconds, 11, 4)) : 0),
            PowerKw: (float)(Profile.RatedPowerKw * PowerLevel(state) * (1 + (0.08 * Wave(seconds, 7.7, 5)))),
            EnergyWh: (ulong)(Profile.RatedPowerKw / 3.6 * ((runningTicks + (StandbyPowerShare * idleTicks)) / UnixTicks.PerSecond)),
            HeartbeatSeconds: (ushort)(age / UnixTicks.PerSecond));
    }

    private static double TemperatureLevel(MachineState state) => state == MachineState.Stopped ? 0.7 : 1;

    private static double PowerLevel(MachineState state) => state switch
    {
        MachineState.Running => 1,
        MachineState.Idle => StandbyPowerShare,
        _ => 0,
    };

    private long TicksThisHour(long intoHour, MachineState state)
    {
        long ticks = 0;
        for (long block = 0, left = intoHour; left > 0; block++, left -= BlockTicks)
        {
            ticks += _hour[block] == state ? Math.Min(left, BlockTicks) : 0;
        }

        return ticks;
    }

    private void Shuffle(long hour)
    {
        if (hour == _hourShuffled)
        {
            return;
        }

        _hourShuffled = hour;
        _hour.AsSpan().Fill(MachineState.Stopped);
        _hour.AsSpan(0, Profile.RunningBlocks).Fill(MachineState.Running);
        _hour.AsSpan(Profile.RunningBlocks, Profile.IdleBlocks).Fill(MachineState.Idle);
        _hour.AsSpan(Profile.RunningBlocks + Profile.IdleBlocks, Profile.AlarmBlocks).Fill(MachineState.Alarm);
        for (int i = BlocksPerHour - 1; i > 0; i--)
        {
            int other = (int)(Noise(hour, i) * (i + 1));
            (_hour[i], _hour[other]) = (_hour[other], _hour[i]);
        }
    }

    /// <summary>Two sines of unrelated periods: never repeats within a shift, and never jumps.</summary>
    private double Wave(double seconds, double periodSeconds, int signal)
    {
        double phase = Noise(signal, signal) * Math.Tau;
        return (0.7 * Math.Sin((seconds / periodSeconds * Math.Tau) + phase)) + (0.3 * Math.Sin((seconds / periodSeconds * Math.Tau * 2.618) + phase));
    }

    /// <summary>A number in [0, 1) that depends only on the machine and the two arguments (SplitMix64).</summary>
    private double Noise(long a, long b)
    {
        ulong z = _seed + ((ulong)a * 0xBF58_476D_1CE4_E5B9UL) + ((ulong)b * 0x94D0_49BB_1331_11EBUL);
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}

/// <summary>Everything that a simulated machine tells at one instant.</summary>
internal readonly record struct MachineReadout(
    MachineState State,
    ushort AlarmCode,
    uint Parts,
    uint Rejects,
    float CycleSeconds,
    float TemperatureCelsius,
    float PressureBar,
    float LoadPercent,
    float PowerKw,
    ulong EnergyWh,
    ushort HeartbeatSeconds);
