namespace EdgeAgent.Core.Model;

/// <summary>Where a device's readings come from. Only <see cref="Live"/> counts towards an indicator.
/// The numbers are part of the batch format and never change.</summary>
public enum Provenance : byte
{
    Live = 0,
    Simulated = 1,
    Replayed = 2,
    Imported = 3,
}
