namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>How a server is asked. Both only read.</summary>
public enum HttpVerb : byte
{
    Get,
    Post,
}
