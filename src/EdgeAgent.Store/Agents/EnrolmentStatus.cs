namespace EdgeAgent.Store.Agents;

/// <summary>Whether an agent's batches are taken. The numbers are kept on disk.</summary>
public enum EnrolmentStatus
{
    /// <summary>Seen, and waiting for a person's approval; its batches stay unacknowledged at the edge.</summary>
    Pending = 0,
    Approved = 1,
    Revoked = 2,
}
