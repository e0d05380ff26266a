using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Read (OPC 10000-4 §5.10.2).</summary>
internal static class AttributeServices
{
    public static StatusCode? Read(in ServiceCall call)
    {
        UaFault fault = ReadRequest.TryRead(call.Message, out ReadRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        if (request.Targets.Count == 0 || request.Targets.Count > call.Core.Limits.NodesPerReadMax)
        {
            return request.Targets.Count == 0 ? StatusCodes.BadNothingToDo : StatusCodes.BadTooManyOperations;
        }
        if (request.Timestamps is < TimestampsToReturn.Source or > TimestampsToReturn.Neither)
        {
            return StatusCodes.BadTimestampsToReturnInvalid;
        }
        DateTime now = call.Core.UtcNow;
        var values = new DataValue[request.Targets.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = AttributeReader.Read(call.Core.Space, request.Targets[i], request.Timestamps, now);
        }
        if (call.Core.Faults.HugeResponseBytes is > 0 and int size)
        {
            Array.Fill(values, new DataValue(Variant.From(new byte[size])));
        }
        ReadResponse.Write(call.Response, call.Answer(), values);
        return StatusCodes.Good;
    }
}
