using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>The newest reading of each series, by series row id. Kept in memory; the file holds it as of the last folding of the tail.</summary>
internal sealed class LastValues
{
    private readonly Lock _gate = new();
    private Entry[] _entries = [];

    /// <summary>Takes over the readings of a committed batch; a reading with the time of the one before replaces it.</summary>
    public void Apply(DefinitionMap map, ReadingBatch readings, ReadOnlySpan<Provenance> provenanceOfDevice)
    {
        lock (_gate)
        {
            Entry[] entries = Reach(map.HighestSeriesId);
            foreach (ref readonly Reading reading in readings.Readings)
            {
                ref Entry entry = ref entries[map.SeriesIds[reading.TagId]];
                if (reading.SourceTicks < entry.Ticks && entry.Present)
                {
                    continue;
                }

                entry.Present = true;
                entry.Changed = true;
                entry.Ticks = reading.SourceTicks;
                entry.Quality = reading.Quality;
                entry.Kind = reading.Kind;
                entry.Provenance = provenanceOfDevice[map.TagDevices[reading.TagId]];
                if (reading.Kind is ValueKind.Text or ValueKind.Bytes)
                {
                    entry.Bits = 0;
                    entry.Bytes = readings.BytesOf(reading).ToArray();
                }
                else
                {
                    entry.Bits = reading.Bits;
                    entry.Bytes = null;
                }
            }
        }
    }

    public void Load(SqliteDatabase database)
    {
        int highest = (int)database.Scalar("SELECT max(series_id) FROM last_values");
        lock (_gate)
        {
            Entry[] entries = Reach(highest);
            Statement rows = database.Sql("SELECT series_id, ticks, quality, kind, bits, bytes, provenance FROM last_values");
            while (rows.Step())
            {
                entries[rows.Int32(0)] = new Entry
                {
                    Present = true,
                    Ticks = rows.Int64(1),
                    Quality = new Quality((uint)rows.Int64(2)),
                    Kind = (ValueKind)rows.Int32(3),
                    Bits = (ulong)rows.Int64(4),
                    Bytes = rows.IsNull(5) ? null : rows.Blob(5).ToArray(),
                    Provenance = (Provenance)rows.Int32(6),
                };
            }
        }
    }

    /// <summary>What changed since the last save, by series id.</summary>
    /// <remarks>A later reading than the fold being saved may be among it; that is harmless, since replaying the tail ends at the same value.</remarks>
    public List<(int SeriesId, SeriesPoint Point)> TakeChanged()
    {
        var changed = new List<(int, SeriesPoint)>();
        lock (_gate)
        {
            for (int id = 0; id < _entries.Length; id++)
            {
                if (_entries[id].Changed)
                {
                    _entries[id].Changed = false;
                    changed.Add((id, _entries[id].ToPoint(default)));
                }
            }
        }

        return changed;
    }

    /// <summary>Marks series as changed again after a save that failed.</summary>
    public void GiveBack(List<(int SeriesId, SeriesPoint Point)> changed)
    {
        lock (_gate)
        {
            foreach ((int id, _) in changed)
            {
                _entries[id].Changed = true;
            }
        }
    }

    public static void Save(SqliteDatabase database, List<(int SeriesId, SeriesPoint Point)> changed)
    {
        Statement upsert = database.Sql("INSERT OR REPLACE INTO last_values VALUES (?, ?, ?, ?, ?, ?, ?)");
        foreach ((int id, SeriesPoint point) in changed)
        {
            upsert.Bind(1, id).Bind(2, point.SourceTicks).Bind(3, point.Quality.Code).Bind(4, (long)point.Value.Kind).Bind(5, (long)point.Value.Bits);
            _ = point.Value.Bytes is { } bytes ? upsert.Bind(6, bytes) : upsert.BindNull(6);
            upsert.Bind(7, (long)point.Provenance).Run();
        }
    }

    public SeriesPoint? Find(int seriesId, SeriesKey key)
    {
        lock (_gate)
        {
            return seriesId < _entries.Length && _entries[seriesId].Present ? _entries[seriesId].ToPoint(key) : null;
        }
    }

    private Entry[] Reach(int highestId)
    {
        if (highestId >= _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(highestId + 1, _entries.Length * 2));
        }

        return _entries;
    }

    private struct Entry
    {
        public long Ticks;
        public ulong Bits;
        public byte[]? Bytes;
        public Quality Quality;
        public ValueKind Kind;
        public Provenance Provenance;
        public bool Present;
        public bool Changed;

        public readonly SeriesPoint ToPoint(SeriesKey key) => new(key, Ticks, Quality, new StoredValue(Kind, Bits, Bytes), Provenance);
    }
}
