using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>The key under which accounts of a batch file are added up: a device of a definition, an hour and a provenance.</summary>
/// <param name="Definition">Index into the definitions that the file's batches name.</param>
internal readonly record struct SourceHour(int Definition, int DeviceId, int Hour, Provenance Provenance);
