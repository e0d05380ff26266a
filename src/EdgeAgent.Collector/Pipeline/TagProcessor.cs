using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>What became of a reading in the pipeline.</summary>
/// <param name="Passes">Whether it goes on to the buffer; else a deadband held it back.</param>
/// <param name="IsChanged">Whether it is good and differs from the good one before.</param>
internal readonly record struct Verdict(bool Passes, bool IsChanged);

/// <summary>Scale, limits and deadband of one reading: no I/O, no allocation, no clock.</summary>
internal static class TagProcessor
{
    /// <summary>Changes the reading in place and decides whether it passes.</summary>
    /// <param name="text">The reading's text or bytes; empty for other kinds.</param>
    public static Verdict Process(in TagRule rule, ref TagState state, ref Reading reading, ReadOnlySpan<byte> text)
    {
        Convert(rule, ref reading);
        bool changed = reading.Quality.IsGood && TakeGood(ref state, reading, text);
        if (rule.Filter != TagFilterKind.None && !Differs(rule, state, reading, text))
        {
            return new Verdict(false, changed);
        }

        state.HasSent = true;
        state.SentBits = reading.Bits;
        state.SentKind = reading.Kind;
        state.SentTicks = reading.SourceTicks;
        state.SentQuality = reading.Quality.Code;
        if (rule.Filter != TagFilterKind.None && IsText(reading.Kind))
        {
            (state.Text ??= new TextMemory()).KeepSent(text);
        }

        return new Verdict(true, changed);
    }

    /// <summary>Applies scale and limits alone, changing the reading in place.</summary>
    public static void Convert(in TagRule rule, ref Reading reading)
    {
        if (!reading.IsNumeric)
        {
            return;
        }

        if (rule.IsScaled)
        {
            double value = (reading.ToDouble() * rule.Scale) + rule.Offset;
            reading = reading with { Kind = ValueKind.Float64, Bits = BitConverter.DoubleToUInt64Bits(value) };
        }

        if (rule.HasLimits && reading.Quality.IsGood)
        {
            // Written so that NaN, which no comparison holds for, lies outside.
            double value = reading.ToDouble();
            if (!(value >= rule.Minimum && value <= rule.Maximum))
            {
                reading = reading with { Quality = Quality.UncertainEngineeringUnitsExceeded };
            }
        }
    }

    private static bool TakeGood(ref TagState state, in Reading reading, ReadOnlySpan<byte> text)
    {
        bool isFirst = state.GoodKind == ValueKind.None;
        bool changed;
        if (IsText(reading.Kind))
        {
            TextMemory memory = state.Text ??= new TextMemory();
            changed = !memory.IsGood(text);
            if (changed)
            {
                memory.KeepGood(text);
            }
        }
        else
        {
            changed = state.GoodBits != reading.Bits || state.GoodKind != reading.Kind;
            state.GoodBits = reading.Bits;
        }

        state.GoodKind = reading.Kind;
        return changed && !isFirst;
    }

    private static bool Differs(in TagRule rule, in TagState state, in Reading reading, ReadOnlySpan<byte> text)
    {
        if (!state.HasSent || state.SentQuality != reading.Quality.Code || state.SentKind != reading.Kind)
        {
            return true;
        }

        // A clock set back must not silence a tag, hence the first half.
        long since = reading.SourceTicks - state.SentTicks;
        if (rule.HeartbeatTicks > 0 && (since < 0 || since >= rule.HeartbeatTicks))
        {
            return true;
        }

        if (IsText(reading.Kind))
        {
            return state.Text is not { } memory || !memory.IsSent(text);
        }

        return state.SentBits != reading.Bits && ExceedsDeadband(rule, state, reading);
    }

    private static bool ExceedsDeadband(in TagRule rule, in TagState state, in Reading reading)
    {
        if (rule.Deadband == 0)
        {
            return true; // Any change: compared bit by bit, because 64-bit integers above 2^53 do not fit a double.
        }

        double sent = new Reading(0, default, 0, state.SentKind, state.SentBits).ToDouble();
        double allowed = rule.Filter == TagFilterKind.OfLastValue ? Math.Abs(sent) * rule.Deadband : rule.Deadband;
        return !(Math.Abs(reading.ToDouble() - sent) <= allowed);
    }

    private static bool IsText(ValueKind kind) => kind is ValueKind.Text or ValueKind.Bytes;
}
