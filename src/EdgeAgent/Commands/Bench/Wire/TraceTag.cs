namespace EdgeAgent.Commands.Bench.Wire;

/// <summary>What a tag of the trace stands for.</summary>
internal enum TraceSort
{
    ScaledInteger,
    Analog,
    Contact,
    State,
    Setpoint,
    Counter,
    Energy,
    Text,
}

/// <summary>One tag of the trace and where it stands.</summary>
internal struct TraceTag(TraceSort sort)
{
    public readonly TraceSort Sort = sort;
    public double Number;
    public double Drift;
    public double Shown;
    public double Scale;
    public double Span;
}
