using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite.Chunks;

/// <summary>What a stretch of readings of one series comes to; adds up readings and other summaries, in ascending time.</summary>
internal struct ReadingSummary
{
    public int Count;

    /// <summary>Good readings with a number, which are those that Min, Max and Sum are of.</summary>
    public int Numbers;
    public double Min;
    public double Max;
    public double Sum;
    public uint Worst;
    public long First;
    public long Last;
    public StoredValue LastValue;

    /// <summary>Adds a reading without keeping its value; <see cref="EndWith"/> keeps that of the last one.</summary>
    public void Add(in Reading reading)
    {
        if (Count++ == 0)
        {
            First = reading.SourceTicks;
        }

        Last = reading.SourceTicks;
        Worst = Math.Max(Worst, reading.Quality.Code);
        double number = reading.Quality.IsGood ? reading.ToDouble() : double.NaN;
        if (!double.IsNaN(number))
        {
            AddNumbers(1, number, number, number);
        }
    }

    public void Add(in ReadingSummary later)
    {
        if (Count == 0)
        {
            this = later;
            return;
        }

        Count += later.Count;
        Last = later.Last;
        LastValue = later.LastValue;
        Worst = Math.Max(Worst, later.Worst);
        if (later.Numbers > 0)
        {
            AddNumbers(later.Numbers, later.Min, later.Max, later.Sum);
        }
    }

    public void EndWith(ReadingBatch batch, in Reading last) => LastValue = ValueOf(batch, last);

    /// <param name="ticks">Where the point stands: the bucket's start, or the reading's time.</param>
    public readonly RangePoint ToPoint(long ticks) => Numbers > 0
        ? new RangePoint(ticks, new Quality(Worst), LastValue, Count, Min, Max, Sum / Numbers)
        : new RangePoint(ticks, new Quality(Worst), LastValue, Count, double.NaN, double.NaN, double.NaN);

    public static StoredValue ValueOf(ReadingBatch batch, in Reading reading) => reading.Kind is ValueKind.Text or ValueKind.Bytes
        ? new StoredValue(reading.Kind, 0, batch.BytesOf(reading).ToArray())
        : new StoredValue(reading.Kind, reading.Bits, null);

    private void AddNumbers(int numbers, double min, double max, double sum)
    {
        Min = Numbers == 0 ? min : Math.Min(Min, min);
        Max = Numbers == 0 ? max : Math.Max(Max, max);
        Sum += sum;
        Numbers += numbers;
    }
}
