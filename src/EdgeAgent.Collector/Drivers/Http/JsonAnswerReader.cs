using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Json;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>Takes the values of one request's tags out of its answer, in one reading of the document.</summary>
internal sealed class JsonAnswerReader : IJsonPathVisitor
{
    private readonly HttpRequest _request;
    private readonly JsonPathSet _paths;
    private readonly TimeSpan _offset;
    private readonly bool[] _found;
    private ReadingBatch _into = null!;
    private long _nowTicks;
    private long? _sourceTicks;

    public JsonAnswerReader(HttpRequest request, HttpTag[] tags)
    {
        (_request, Tags) = (request, tags);
        // The time, where there is one, is the path after those of the tags.
        _paths = new JsonPathSet([.. tags.Select(tag => tag.Path), .. request.Time is { } time ? [time] : Array.Empty<JsonPath>()]);
        _offset = TimeSpan.FromHours(request.Settings.UtcOffsetHours);
        _found = new bool[tags.Length];
    }

    public HttpTag[] Tags { get; }

    public HttpQuestion Question => _request.Question;

    /// <summary>Adds one reading for each tag.</summary>
    /// <returns>What was wrong, for people, or null.</returns>
    public string? Take(ReadOnlySpan<byte> body, long nowTicks, ReadingBatch into)
    {
        int first = into.Count;
        (_into, _nowTicks, _sourceTicks) = (into, nowTicks, null);
        _found.AsSpan().Clear();
        JsonAnswerReader self = this;
        if (!_paths.TryVisit(_request.Encoding is null ? body : Encoding.Convert(_request.Encoding, Encoding.UTF8, body.ToArray()), ref self))
        {
            into.Truncate(first);
            foreach (HttpTag tag in Tags)
            {
                into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, nowTicks));
            }

            return $"{Question.Name}: the answer is no JSON: it begins with '{BeginningOf(body)}'";
        }

        string? problem = null;
        for (int i = 0; i < Tags.Length; i++)
        {
            if (!_found[i])
            {
                into.Add(Reading.Failed(Tags[i].Id, Quality.BadOutOfService, nowTicks));
                problem = $"{Question.Name}: tag '{Tags[i].Name}': the answer has nothing at {Tags[i].Path.Text}; compare it with the answer";
            }
        }

        return Date(into.MutableReadings[first..]) ?? problem ?? ProblemIn(into.Readings[first..]);
    }

    void IJsonPathVisitor.Found(int path, in Utf8JsonReader value)
    {
        if (path == Tags.Length)
        {
            _sourceTicks = JsonTagValue.TryTime(value, _offset, out long ticks) && TimeText.IsPlausible(ticks, _nowTicks) ? ticks : null;
            return;
        }

        HttpTag tag = Tags[path];
        _found[path] = true;
        if (value.TokenType == JsonTokenType.String && tag.Kind != ValueKind.Text && !_request.Settings.NumbersInText)
        {
            _into.Add(Reading.Failed(tag.Id, Quality.BadTypeMismatch, _nowTicks));
        }
        else
        {
            JsonTagValue.Add(_into, tag.Id, tag.Kind, _nowTicks, value);
        }
    }

    /// <summary>The document may tell its time after its values, so they are dated at the end.</summary>
    private string? Date(Span<Reading> readings)
    {
        if (_request.Time is not { } path)
        {
            return null;
        }

        int? ageMax = _request.Settings.AgeMaxMs;
        if (_sourceTicks is not { } ticks)
        {
            // Whoever wants to know the age of values cannot be told that those of no age are fresh.
            Mark(readings, _nowTicks, isInDoubt: ageMax is not null);
            return $"{Question.Name}: {path.Text} is not there or cannot be a time; the time of the answer is taken instead";
        }

        bool isOld = (_nowTicks - ticks) / UnixTicks.PerMillisecond > ageMax;
        Mark(readings, ticks, isOld);
        return isOld ? $"{Question.Name}: the server tells values older than {ageMax} ms: it seems to have lost the device behind it" : null;
    }

    private static void Mark(Span<Reading> readings, long ticks, bool isInDoubt)
    {
        foreach (ref Reading reading in readings)
        {
            reading = reading with { SourceTicks = ticks, Quality = isInDoubt && reading.Quality.IsGood ? Quality.UncertainLastUsableValue : reading.Quality };
        }
    }

    private string? ProblemIn(ReadOnlySpan<Reading> readings)
    {
        foreach (Reading reading in readings)
        {
            if (reading.Quality == Quality.BadTypeMismatch || reading.Quality == Quality.BadDecodingError)
            {
                HttpTag tag = Array.Find(Tags, t => t.Id == reading.TagId)!;
                return $"{Question.Name}: tag '{tag.Name}': the value at {tag.Path.Text} is no {tag.Kind}; change the tag's type, or permit numbersInText";
            }
        }

        return null;
    }

    private static string BeginningOf(ReadOnlySpan<byte> body)
    {
        const int BytesShown = 40;
        string text = Encoding.UTF8.GetString(body[..Math.Min(BytesShown, body.Length)]);
        return new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
    }
}
