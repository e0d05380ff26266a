using System.Text;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>Runs a compiled template over the readings of one message. Allocates nothing once warm.</summary>
internal sealed class JsonEncoder(JsonSink sink)
{
    private readonly Dictionary<uint, byte[]> _qualities = [];
    private JsonNames _names = null!;
    private byte[] _group = [];

    public JsonSink Sink => sink;

    /// <param name="order">Indexes of the message's readings in the batch; at least one.</param>
    public void Encode(JsonTemplate template, JsonNames names, byte[] group, ReadingBatch batch, ReadOnlySpan<int> order)
    {
        (_names, _group) = (names, group);
        sink.Clear();
        ReadOnlySpan<JsonStep> steps = template.Steps;
        ReadOnlySpan<Reading> readings = batch.Readings;
        for (int i = 0; i < steps.Length; i++)
        {
            ref readonly JsonStep step = ref steps[i];
            if (step.Kind != JsonStepKind.Repeat)
            {
                Run(step, batch, readings[order[0]]);
                continue;
            }

            ReadOnlySpan<JsonStep> body = steps.Slice(i + 1, step.Count);
            foreach (int at in order)
            {
                ref readonly Reading reading = ref readings[at];
                if (step.Only == JsonOnly.All || (reading.Kind != ValueKind.None) == (step.Only == JsonOnly.WithValue))
                {
                    foreach (ref readonly JsonStep inner in body)
                    {
                        Run(inner, batch, reading);
                    }
                }
            }

            i += step.Count;
        }
    }

    private void Run(in JsonStep step, ReadingBatch batch, in Reading reading)
    {
        switch (step.Kind)
        {
            case JsonStepKind.Literal:
                sink.Raw(step.Literal);
                break;
            case JsonStepKind.Separator:
                sink.Separator();
                break;
            default:
                Field(step.Field, batch, reading, quoted: step.Kind == JsonStepKind.Value);
                break;
        }
    }

    private void Field(JsonField field, ReadingBatch batch, in Reading reading, bool quoted)
    {
        switch (field)
        {
            case JsonField.Value:
                Value(batch, reading, quoted);
                return;
            case JsonField.UnixMs:
                sink.Number(reading.SourceTicks / UnixTicks.PerMillisecond);
                return;
            case JsonField.UnixS:
                sink.Number(reading.SourceTicks / UnixTicks.PerSecond);
                return;
            case JsonField.UnixNs:
                sink.Number(reading.SourceTicks * 100);
                return;
            case JsonField.QualityCode:
                sink.Number((ulong)reading.Quality.Code);
                return;
            case JsonField.QualityOpc:
                sink.Number(reading.Quality.IsGood ? 192L : reading.Quality.IsUncertain ? 64 : 0);
                return;
        }

        if (quoted)
        {
            sink.Raw("\""u8);
        }

        if (field == JsonField.Iso)
        {
            Iso(reading.SourceTicks);
        }
        else
        {
            sink.Raw(TextOf(field, reading));
        }

        if (quoted)
        {
            sink.Raw("\""u8);
        }
    }

    private ReadOnlySpan<byte> TextOf(JsonField field, in Reading reading) => field switch
    {
        JsonField.Site => _names.Site,
        JsonField.Agent => _names.Agent,
        JsonField.Group => _group,
        JsonField.Device => _names.Devices[_names.DeviceOf[reading.TagId]],
        JsonField.Asset => _names.Assets[_names.DeviceOf[reading.TagId]],
        JsonField.Tag => _names.Tags[reading.TagId],
        JsonField.Unit => _names.Units[reading.TagId],
        JsonField.QualityName => NameOf(reading.Quality),
        _ => reading.Quality.IsGood ? "good"u8 : reading.Quality.IsUncertain ? "uncertain"u8 : "bad"u8,
    };

    private void Value(ReadingBatch batch, in Reading reading, bool quoted)
    {
        switch (reading.Kind)
        {
            case ValueKind.Boolean:
                sink.Raw(reading.AsBoolean ? "true"u8 : "false"u8);
                break;
            case ValueKind.Int64:
                sink.Number(reading.AsInt64);
                break;
            case ValueKind.UInt64:
                sink.Number(reading.AsUInt64);
                break;
            case ValueKind.Float32:
                sink.Number(reading.AsFloat32);
                break;
            case ValueKind.Float64:
                sink.Number(reading.AsFloat64);
                break;
            case ValueKind.Text or ValueKind.Bytes:
                if (quoted)
                {
                    sink.Raw("\""u8);
                }

                if (reading.Kind == ValueKind.Text)
                {
                    sink.Escaped(batch.BytesOf(reading));
                }
                else
                {
                    sink.Encoded(batch.BytesOf(reading));
                }

                if (quoted)
                {
                    sink.Raw("\""u8);
                }

                break;
            default:
                sink.Raw("null"u8);
                break;
        }
    }

    private void Iso(long ticks)
    {
        DateTimeOffset at = UnixTicks.ToDateTimeOffset(ticks);
        sink.Digits(at.Year, 4);
        sink.Raw("-"u8);
        sink.Digits(at.Month, 2);
        sink.Raw("-"u8);
        sink.Digits(at.Day, 2);
        sink.Raw("T"u8);
        sink.Digits(at.Hour, 2);
        sink.Raw(":"u8);
        sink.Digits(at.Minute, 2);
        sink.Raw(":"u8);
        sink.Digits(at.Second, 2);
        sink.Raw("."u8);
        sink.Digits(at.Millisecond, 3);
        sink.Raw("Z"u8);
    }

    private byte[] NameOf(Quality quality)
    {
        if (!_qualities.TryGetValue(quality.Code, out byte[]? name))
        {
            name = Encoding.UTF8.GetBytes(quality.ToString());
            _qualities.Add(quality.Code, name);
        }

        return name;
    }
}
