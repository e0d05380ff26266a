using System.Text;
using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>Collects a device identification that may come in several parts.</summary>
internal sealed class IdentityReader(ModbusClient client, byte unitId)
{
    /// <summary>256 objects of one byte each would need 3 parts; a device that sends ever more of them is broken.</summary>
    private const int PartsMax = 64;

    private readonly SortedDictionary<byte, string> _objects = [];
    private readonly byte[] _pdu = new byte[ModbusLimits.PduBytesMax];

    public async ValueTask<ModbusDeviceIdentity?> ReadAsync(CancellationToken cancellation)
    {
        var level = await ReadCategoryAsync(ModbusIdentityCategory.Basic, cancellation).ConfigureAwait(false);
        if (level is null)
        {
            return null;
        }

        if ((level & 0x7F) >= (byte)ModbusIdentityCategory.Regular)
        {
            await ReadCategoryAsync(ModbusIdentityCategory.Regular, cancellation).ConfigureAwait(false);
        }

        return new ModbusDeviceIdentity(_objects);
    }

    /// <summary>The conformity level that the device states, or null when it did not answer.</summary>
    private async ValueTask<byte?> ReadCategoryAsync(ModbusIdentityCategory category, CancellationToken cancellation)
    {
        byte objectId = 0;
        byte? level = null;
        for (var parts = 0; parts < PartsMax; parts++)
        {
            // The buffer may be longer than the answer: the objects say themselves where they end.
            Array.Clear(_pdu);
            var request = new ModbusReadRequest(unitId, ModbusFunction.ReadDeviceIdentification, objectId, (ushort)category);
            var result = await client.Submit(request, _pdu, cancellation).ConfigureAwait(false);
            if (!result.IsOk || !TryTakePart(out var part))
            {
                return level;
            }

            level = part.ConformityLevel;
            if (!part.MoreFollows || part.NextObjectId <= objectId)
            {
                return level;
            }

            objectId = part.NextObjectId;
        }

        return level;
    }

    private bool TryTakePart(out IdentityPart part)
    {
        if (!DeviceIdentificationPdu.TryReadResponse(_pdu, out part, out var objects))
        {
            return false;
        }

        while (DeviceIdentificationPdu.TryReadObject(ref objects, out var id, out var value))
        {
            _objects[id] = Encoding.Latin1.GetString(value);
        }

        return true;
    }
}
