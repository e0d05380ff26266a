using System.Globalization;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Acceptance;

/// <summary>Counts the readings of one tag and judges them.</summary>
/// <param name="scanMs">Period of its scan class.</param>
/// <param name="askedMs">Period at which it is asked; null when the device sends by itself.</param>
internal sealed class TagTally(TagConfig tag, TagDefinition definition, TagRule rule, int scanMs, int? askedMs)
{
    /// <summary>Two equal values are a coincidence.</summary>
    private const int FrozenFrom = 3;

    private readonly TagRule _rule = rule;
    private int _good;
    private int _uncertain;
    private int _bad;
    private int _outside;
    private int _noNumber;
    private int _changes;
    private bool _isMeasured;
    private double _lowest = double.PositiveInfinity;
    private double _highest = double.NegativeInfinity;
    private string? _last;
    private Quality _worst;
    private string? _problem;
    private TimeSpan _firstAt;
    private TimeSpan _lastAt;

    public int Readings => _good + _uncertain + _bad;

    /// <param name="at">When it was asked for, or arrived, since the test began.</param>
    public void Add(Reading reading, ReadingBatch batch, TimeSpan at, string? problem)
    {
        TagProcessor.Convert(_rule, ref reading);
        _firstAt = Readings == 0 ? at : _firstAt;
        _lastAt = at;
        if (reading.Quality.IsBad)
        {
            _bad++;
            _worst = reading.Quality;
            _problem = problem ?? _problem;
            return;
        }

        string? value = TestReader.ValueOf(reading, batch, decimals: -1);
        _changes += _good + _uncertain > 0 && value != _last ? 1 : 0;
        _last = value;
        if (reading.Quality.IsGood)
        {
            _good++;
        }
        else
        {
            _uncertain++;
            _outside += reading.Quality == Quality.UncertainEngineeringUnitsExceeded ? 1 : 0;
            _worst = reading.Quality;
        }

        if (reading.IsNumeric)
        {
            Measure(reading);
        }
    }

    public TagAcceptance Judge(AcceptanceOptions options)
    {
        double? achieved = Readings < 2 ? null : Math.Round((_lastAt - _firstAt).TotalMilliseconds / (Readings - 1), 1);
        List<string> refusals = [.. Refusals(options, achieved)];
        List<string> remarks = [];
        if (_isMeasured && _changes == 0 && _good >= FrozenFrom)
        {
            (options.IsMoving ? refusals : remarks).Add($"never changed in {_good} readings: frozen, or the machine stands");
        }

        AcceptanceVerdict verdict = refusals.Count > 0 ? AcceptanceVerdict.Refused : remarks.Count > 0 ? AcceptanceVerdict.Remarked : AcceptanceVerdict.Accepted;
        bool seen = double.IsFinite(_lowest);
        return new TagAcceptance(
            tag.Name, tag.Address, definition.Unit, scanMs, askedMs, achieved, Readings, _good, _uncertain, _bad,
            seen ? _lowest : null, seen ? _highest : null, tag.Min, tag.Max, _changes, _last, verdict, [.. refusals, .. remarks]);
    }

    private void Measure(Reading reading)
    {
        double value = reading.ToDouble();
        // Counters and words of bits stand still for good reasons; what is measured never does for long.
        _isMeasured |= reading.Kind is ValueKind.Float32 or ValueKind.Float64;
        if (double.IsFinite(value))
        {
            _lowest = Math.Min(_lowest, value);
            _highest = Math.Max(_highest, value);
        }
        else
        {
            _noNumber++;
        }
    }

    private IEnumerable<string> Refusals(AcceptanceOptions options, double? achieved)
    {
        if (Readings == 0)
        {
            yield return askedMs is null ? "nothing arrived" : "never read";
        }

        if (askedMs is not null && Readings > 0 && Readings < options.Count)
        {
            yield return $"read {Readings} times of {options.Count}";
        }

        if (_bad > 0)
        {
            yield return $"{_bad} of {Readings} bad: {_worst}" + (_problem is null ? "" : $" ({_problem})");
        }

        if (_outside > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{_outside} of {Readings} outside of {tag.Min ?? double.NegativeInfinity:0.###} to {tag.Max ?? double.PositiveInfinity:0.###}, seen {_lowest:0.###} to {_highest:0.###}");
        }

        if (_uncertain > _outside)
        {
            yield return $"{_uncertain - _outside} of {Readings} uncertain: {_worst}";
        }

        if (_noNumber > 0 && _outside == 0)
        {
            yield return $"{_noNumber} of {Readings} are no number";
        }

        if (achieved > askedMs * AcceptanceOptions.PeriodFactorMost)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"read every {achieved:0} ms instead of {askedMs}");
        }
    }
}
