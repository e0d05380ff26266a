using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>What holds for readings that devices sent by themselves; unchanging, so that one serves many results.</summary>
/// <param name="Provenances">By device within the endpoint.</param>
/// <param name="AreBackFilled">Whether they are of a time that is over: they pass no deadband and change nothing that is known of the present.</param>
internal sealed record PushedReadings(Provenance[] Provenances, bool AreBackFilled);
