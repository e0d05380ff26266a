using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands.Bench.Wire;

/// <summary>Readings as a plant of machine tools, ovens and compressors gives them: the same every time for the same seed.</summary>
/// <remarks>Each device has 50 tags: 15 measured values that a device keeps as 16-bit integers with a scale (noise of a few
/// counts), 8 measured values that a controller computes as float32 from a 15-bit converter (every mantissa bit used), 8 contacts,
/// 4 state words, 6 setpoints, 5 counters, 3 energy registers of 0.01 kWh, 1 text. Each device is read in two requests, each with a time of its own,
/// at a fixed phase of the period plus the jitter of a network.</remarks>
internal sealed class PlantTrace
{
    public const int TagsPerDevice = 50;

    private const long RequestTicks = 20_000; // 2 ms between a device's two requests

    private static readonly double[] Scales = [0.1, 0.1, 0.1, 0.01, 0.01, 0.001];
    private static readonly string[] Recipes = ["A-1038 / 45.5", "A-1042 / 60.0", "B-2210 / 22.5"];

    private readonly Random _random;
    private readonly TraceTag[] _tags;
    private readonly long[] _phaseTicks;
    private readonly long _periodTicks;

    /// <param name="tags">Rounded up to whole devices.</param>
    public PlantTrace(int tags, int periodMs, int seed)
    {
        _random = new Random(seed);
        _periodTicks = periodMs * UnixTicks.PerMillisecond;
        Devices = (tags + TagsPerDevice - 1) / TagsPerDevice;
        _tags = new TraceTag[Devices * TagsPerDevice];
        _phaseTicks = new long[Devices];
        for (int i = 0; i < _tags.Length; i++)
        {
            _tags[i] = Create(i % TagsPerDevice);
        }

        for (int device = 0; device < Devices; device++)
        {
            _phaseTicks[device] = _periodTicks * device / Devices;
        }
    }

    public int Devices { get; }

    public int Tags => _tags.Length;

    /// <summary>Appends what the plant's devices answer with a phase in [fromTicks, toTicks) of the time since start.</summary>
    public void Read(long startTicks, long fromTicks, long toTicks, ReadingBatch into)
    {
        for (long cycle = fromTicks / _periodTicks; cycle * _periodTicks < toTicks; cycle++)
        {
            for (int device = 0; device < Devices; device++)
            {
                long at = (cycle * _periodTicks) + _phaseTicks[device];
                if (at >= fromTicks && at < toTicks)
                {
                    ReadDevice(device, startTicks + at + _random.Next(2_000), into);
                }
            }
        }
    }

    private void ReadDevice(int device, long ticks, ReadingBatch into)
    {
        for (int i = 0; i < TagsPerDevice; i++)
        {
            if (i == TagsPerDevice / 2)
            {
                ticks += RequestTicks + _random.Next(3_000);
            }

            int id = (device * TagsPerDevice) + i;
            Next(ref _tags[id]);
            Emit(id, ticks, _tags[id], into);
        }
    }

    private static TraceSort SortOf(int index) => index switch
    {
        < 15 => TraceSort.ScaledInteger,
        < 23 => TraceSort.Analog,
        < 31 => TraceSort.Contact,
        < 35 => TraceSort.State,
        < 41 => TraceSort.Setpoint,
        < 46 => TraceSort.Counter,
        < 49 => TraceSort.Energy,
        _ => TraceSort.Text,
    };

    private TraceTag Create(int index)
    {
        TraceSort sort = SortOf(index);
        return new TraceTag(sort)
        {
            Scale = Scales[_random.Next(Scales.Length)],
            Span = sort == TraceSort.Analog ? _random.Next(1, 40) * 25.0 / 27648.0 : 1 + _random.Next(6),
            Number = sort switch
            {
                TraceSort.ScaledInteger => _random.Next(150, 4_000),
                TraceSort.Analog => _random.Next(2_000, 26_000),
                TraceSort.Contact => _random.Next(2),
                TraceSort.State => _random.Next(6),
                TraceSort.Setpoint => _random.Next(10, 4_000),
                TraceSort.Counter => _random.Next(1_000, 50_000_000),
                TraceSort.Energy => _random.Next(100_000, 900_000_000),
                _ => _random.Next(Recipes.Length),
            },
        };
    }

    private void Next(ref TraceTag tag)
    {
        switch (tag.Sort)
        {
            case TraceSort.ScaledInteger:
                // A slow drift under noise of some counts, as of a thermocouple or a flow meter.
                tag.Drift = (tag.Drift * 0.98) + ((_random.NextDouble() - 0.5) * 4);
                tag.Shown = tag.Number + tag.Drift + Noise(2.5);
                break;
            case TraceSort.Analog:
                tag.Drift = (tag.Drift * 0.98) + ((_random.NextDouble() - 0.5) * 20);
                tag.Shown = tag.Number + tag.Drift + Noise(12);
                break;
            case TraceSort.Contact when _random.Next(200) == 0:
                tag.Number = 1 - tag.Number;
                break;
            case TraceSort.State when _random.Next(60) == 0:
                tag.Number = _random.Next(6);
                break;
            case TraceSort.Setpoint when _random.Next(2_000) == 0:
                tag.Number = _random.Next(10, 4_000);
                break;
            case TraceSort.Counter:
                tag.Number += _random.Next(4);
                break;
            case TraceSort.Energy:
                tag.Number += tag.Span + _random.Next(2);
                break;
            default:
                break;
        }
    }

    private static void Emit(int id, long ticks, in TraceTag tag, ReadingBatch into)
    {
        switch (tag.Sort)
        {
            case TraceSort.ScaledInteger:
                into.Add(Reading.Float64(id, Quality.Good, ticks, (Math.Round(tag.Shown) * tag.Scale) + 0.0));
                break;
            case TraceSort.Analog:
                into.Add(Reading.Float32(id, Quality.Good, ticks, (float)(Math.Round(tag.Shown) * tag.Span)));
                break;
            case TraceSort.Contact:
                into.Add(Reading.Boolean(id, Quality.Good, ticks, tag.Number != 0));
                break;
            case TraceSort.State:
            case TraceSort.Counter:
                into.Add(Reading.UInt64(id, Quality.Good, ticks, (ulong)tag.Number));
                break;
            case TraceSort.Setpoint:
                into.Add(Reading.Float32(id, Quality.Good, ticks, (float)(Math.Floor(tag.Number) / 10)));
                break;
            case TraceSort.Energy:
                into.Add(Reading.Float64(id, Quality.Good, ticks, (Math.Floor(tag.Number) * 0.01) + 0.0));
                break;
            default:
                into.AddText(id, Quality.Good, ticks, Recipes[(int)tag.Number]);
                break;
        }
    }

    /// <summary>Roughly normal: the sum of three uniform numbers.</summary>
    private double Noise(double deviation) =>
        (_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5) * 2 * deviation;
}
