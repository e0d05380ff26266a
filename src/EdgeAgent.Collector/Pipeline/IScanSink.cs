namespace EdgeAgent.Collector.Pipeline;

/// <summary>Takes results from the endpoint loops. Never blocks: an endpoint must not stand still because the disk does.</summary>
internal interface IScanSink
{
    /// <summary>Takes the result over.</summary>
    /// <returns>False when there is no room; the result then still belongs to the caller, who counts its readings as dropped.</returns>
    bool TryPost(in ScanResult result);
}
