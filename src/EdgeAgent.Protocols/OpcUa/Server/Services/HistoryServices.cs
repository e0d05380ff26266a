using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.History;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>HistoryRead of raw values (OPC 10000-4 §5.10.3, OPC 10000-11 §6.4.3).</summary>
internal static class HistoryServices
{
    public static StatusCode? Read(in ServiceCall call)
    {
        UaFault fault = HistoryReadRequest.TryRead(call.Message, out HistoryReadRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        if (request.Targets.Count == 0 || request.Targets.Count > call.Core.Limits.NodesPerHistoryReadMax)
        {
            return request.Targets.Count == 0 ? StatusCodes.BadNothingToDo : StatusCodes.BadTooManyOperations;
        }
        if (request.Details is not { IsReadModified: false } details)
        {
            return StatusCodes.BadHistoryOperationUnsupported;
        }
        var results = new HistoryReadResult[request.Targets.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Read(call, request, details, request.Targets[i]);
        }
        new HistoryReadResponse(call.Answer(), results).Write(call.Response);
        return StatusCodes.Good;
    }

    private static HistoryReadResult Read(in ServiceCall call, in HistoryReadRequest request, RawHistoryDetails details, HistoryReadTarget target)
    {
        ContinuationPoints<HistoryRest> points = call.Session.History;
        HistoryRest? rest = null;
        if (target.ContinuationPoint is { Length: > 0 } point && (!points.TryTake(point, out rest) || request.ReleasesPoints))
        {
            return new HistoryReadResult(request.ReleasesPoints ? StatusCodes.Good : StatusCodes.BadContinuationPointInvalid, null, null);
        }
        if (rest is null)
        {
            if (!call.Core.Space.TryFind(target.NodeId, out UaNode? node))
            {
                return new HistoryReadResult(StatusCodes.BadNodeIdUnknown, null, null);
            }
            if (node is not UaVariable { History: { } history })
            {
                return new HistoryReadResult(StatusCodes.BadHistoryOperationUnsupported, null, null);
            }
            if (!HistoryRest.TrySelect(history, details, out rest))
            {
                return new HistoryReadResult(StatusCodes.BadHistoryOperationInvalid, null, null);
            }
        }
        int countMax = call.Core.Limits.HistoryValuesPerNodeMax;
        DataValue[] part = rest.Take(details.ValuesPerNodeMax == 0 ? countMax : (int)Math.Min(details.ValuesPerNodeMax, (uint)countMax));
        for (int i = 0; i < part.Length; i++)
        {
            bool isServer = request.Timestamps is TimestampsToReturn.Server or TimestampsToReturn.Both;
            part[i] = AttributeReader.Stamp(part[i], request.Timestamps, isServer ? part[i].SourceTimestamp : default);
        }
        if (rest.IsDone)
        {
            return new HistoryReadResult(part.Length == 0 ? StatusCodes.GoodNoData : StatusCodes.Good, null, part);
        }
        return points.Count >= call.Core.Limits.ContinuationPointsMax
            ? new HistoryReadResult(StatusCodes.BadNoContinuationPoints, null, null)
            : new HistoryReadResult(StatusCodes.Good, points.Keep(rest), part);
    }
}
