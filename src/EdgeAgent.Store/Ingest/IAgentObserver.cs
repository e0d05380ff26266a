using EdgeAgent.Core.Batches;

namespace EdgeAgent.Store.Ingest;

/// <summary>Sees what agents say of themselves besides batches. It is not signed: for people to look at, never for an assessment.</summary>
/// <remarks>Called on the connection's path: take note and return.</remarks>
public interface IAgentObserver
{
    void Introduced(AgentKey agent, AgentBirth birth);

    void Told(AgentKey agent, AgentStatus status);
}
