namespace EdgeAgent.Collector.Drivers;

/// <summary>Asks a driver for one reading of each tag of a group.</summary>
/// <param name="Group">Index of the <see cref="ScanGroup"/>.</param>
/// <param name="ProbeDeadlineMs">When above 0 the device did not answer lately: the driver first sends one small request and
/// waits for it this long only, so that a dead device costs its neighbours little. 0 is a normal scan.</param>
public readonly record struct ScanRequest(int Group, int ProbeDeadlineMs);
