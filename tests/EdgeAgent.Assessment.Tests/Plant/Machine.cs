using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Tests.Plant;

/// <summary>One device of an agent and how it behaves.</summary>
internal sealed record Machine(string Agent, string Device, string Asset, string Address)
{
    /// <summary>Good readings of an hour; null when the device is not in the configuration then.</summary>
    public Func<int, int?> Good { get; init; } = _ => 60;

    public Provenance Provenance { get; init; } = Provenance.Live;

    /// <summary>Whether its value never changes.</summary>
    public bool Frozen { get; init; }

    /// <summary>Whether it has a tag that tells its state.</summary>
    public bool HasState { get; init; }

    /// <summary>What its values come from; two machines with one seed are one machine.</summary>
    public int Seed { get; init; } = Device.Aggregate(17, (sum, c) => unchecked((sum * 31) + c));

    /// <summary>A walk without end: the same for the same seed, and for no other.</summary>
    public double ValueAt(int hour, int part) => Frozen ? 20 : (Wave(hour + (part / 6.0), Seed & 0xFF, 37) * 40) + (Wave(hour + (part / 6.0), (Seed >> 8) & 0xFF, 11) * 17) + 100;

    public long StateAt(int hour, int part) => (hour * 6) + part + (Seed & 7) is var at && at % (5 + (Seed & 3)) == 0 ? 0 : 1;

    private static double Wave(double at, int phase, double period) => Math.Sin((at / (period + (phase % 13))) + phase);
}
