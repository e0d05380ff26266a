using System.Globalization;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Compares the sheets beside the assets with the ledger and says what an import of them changes.</summary>
/// <param name="before">The ledger as it is.</param>
/// <param name="after">Its assets once those of the file are in.</param>
/// <param name="complete">Whether areas, processes and stops that their sheet does not have are to be taken out. Bindings end by an end, scenes by a level; files stay.</param>
internal sealed class PartComparison(DeviceLedger before, IReadOnlyList<LedgerEntry> after, LedgerParts parts, bool complete)
{
    private const string All = "全部";
    private const char EvidenceSeparator = '|';

    private readonly List<PartChange> _changes = [];

    public IReadOnlyList<PartChange> Compare()
    {
        Each(LedgerPart.Areas, Areas);
        Each(LedgerPart.Processes, Processes);
        Each(LedgerPart.Bindings, Bindings);
        Each(LedgerPart.Stops, Stops);
        Each(LedgerPart.Scenes, Scenes);
        Each(LedgerPart.Files, Files);
        return _changes;
    }

    /// <summary>The evidence of a scene as one cell: a line for each, its parts with bars between.</summary>
    public static string Text(IEnumerable<EvidenceReference> evidence) =>
        string.Join('\n', evidence.Select(e => string.Join(EvidenceSeparator, e.Title, e.Chapter, e.Page, e.Sha256).TrimEnd(EvidenceSeparator)));

    private void Each(LedgerPart part, Action<IReadOnlyList<PartRow>> compare)
    {
        if (parts.Rows.TryGetValue(part, out IReadOnlyList<PartRow>? rows))
        {
            compare(rows);
        }
    }

    private void Areas(IReadOnlyList<PartRow> rows)
    {
        Dictionary<string, PlantArea> known = PlantMap.Areas(before, after).ToDictionary(a => a.Key, StringComparer.Ordinal);
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (PartRow row in rows)
        {
            PlantArea area = new(row.Text("车间"), row.Text("产线"), row.Text("备注", lineBreaks: true));
            if (area.Key.Length == 0)
            {
                row.Refuse("车间", "is empty", "a workshop or a line");
            }
            else if (IsFirst(row, "车间", area.Key, seen))
            {
                Note(row, area.Key, known.GetValueOrDefault(area.Key), area, new AreaSet(area), a => a.Note);
            }
        }

        Gone(LedgerPart.Areas, before.DeclaredAreas.Select(a => a.Key).Where(key => !seen.ContainsKey(key)), key => new AreaRemoved(key));
    }

    private void Processes(IReadOnlyList<PartRow> rows)
    {
        Dictionary<string, PlantProcess> known = PlantMap.Processes(before, after).ToDictionary(p => p.Name, StringComparer.Ordinal);
        Dictionary<string, PlantProcess> declared = before.DeclaredProcesses.ToDictionary(p => p.Name, StringComparer.Ordinal);
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (PartRow row in rows)
        {
            PlantProcess process = new(row.Text("工序"), row.YesNo("关键工序"), row.Text("车间"), row.Text("备注", lineBreaks: true));
            if (process.Name.Length == 0 || !IsFirst(row, "工序", process.Name, seen))
            {
                continue;
            }

            // An asset that says so makes its process a key one, whatever stands here: 否 takes back only what was declared here.
            PlantProcess? now = known.GetValueOrDefault(process.Name);
            bool isKey = process.IsKey || (now is { IsKey: true } && declared.GetValueOrDefault(process.Name) is not { IsKey: true });
            Note(row, process.Name, now, process with { IsKey = isKey }, new ProcessSet(process), p => $"{(p.IsKey ? "关键工序" : "工序")} {p.Workshop} {p.Note}".TrimEnd());
        }

        Gone(LedgerPart.Processes, declared.Keys.Where(name => !seen.ContainsKey(name)), name => new ProcessRemoved(name));
    }

    private void Bindings(IReadOnlyList<PartRow> rows)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        // Ends first: a binding that follows on one that ends must not overlap it while they are checked one after the other.
        List<(PartRow Row, DeviceBinding? Known, DeviceBinding Binding)> read = [];
        foreach (PartRow row in rows)
        {
            (string agent, string device) = (row.Text("采集端"), row.Text("设备"));
            (long? from, long? to) = (row.Time("开始"), row.Time("结束"));
            if (agent.Length == 0 || device.Length == 0 || from is not { } begin)
            {
                Missing(row, "开始", from);
                continue;
            }

            // A spreadsheet holds milliseconds.
            DeviceBinding? known = before.Bindings.FirstOrDefault(b => b.Agent == agent && b.Device == device && IsShown(b.FromTicks, begin));
            DeviceBinding binding = new(agent, device, row.Text("资产编号"), known?.FromTicks ?? begin, Kept(known?.ToTicks, to), row.Text("备注", lineBreaks: true));
            if (IsFirst(row, "设备", binding.Key, seen))
            {
                read.Add((row, known, binding));
            }
        }

        foreach ((PartRow row, DeviceBinding? known, DeviceBinding binding) in read.OrderBy(r => r.Known is null))
        {
            Note(row, $"{binding.Agent}/{binding.Device}", known, binding, new BindingSet(binding), b =>
                $"{(b.AssetNo.Length == 0 ? "(无资产)" : b.AssetNo)} {LedgerCalendar.Text(b.FromTicks)} 至 {(b.ToTicks is { } end ? LedgerCalendar.Text(end) : "今")} {b.Note}".TrimEnd());
        }
    }

    private void Stops(IReadOnlyList<PartRow> rows)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (PartRow row in rows)
        {
            string id = row.Text("编号"), asset = row.Text("资产编号"), reason = row.Text("原因", lineBreaks: true);
            (long? from, long? to) = (row.Time("开始"), row.Time("结束"));
            if (from is not { } begin || to is not { } end)
            {
                Missing(row, "开始", from);
                Missing(row, "结束", to);
                continue;
            }

            // A new one gets the number that the page would give it; the row keeps several apart.
            id = id.Length > 0 ? id : string.Create(CultureInfo.InvariantCulture, $"S-{before.EventSequence + 1}-{row.Number}");
            DeclaredStop? known = before.Stops.FirstOrDefault(s => s.Id == id);
            DeclaredStop stop = new(id, asset == All ? "" : asset, Kept(known?.FromTicks, begin)!.Value, Kept(known?.ToTicks, end)!.Value, reason, known?.LoggedAtTicks ?? 0);
            if (IsFirst(row, "编号", id, seen))
            {
                Note(row, id, known, stop, new StopSet(stop), s => $"{(s.AssetNo.Length == 0 ? All : s.AssetNo)} {LedgerCalendar.Text(s.FromTicks)} 至 {LedgerCalendar.Text(s.ToTicks)}：{s.Reason}");
            }
        }

        Gone(LedgerPart.Stops, before.Stops.Select(s => s.Id).Where(id => !seen.ContainsKey(id)), id => new StopWithdrawn(id));
    }

    private void Scenes(IReadOnlyList<PartRow> rows)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (PartRow row in rows)
        {
            string name = row.Text("场景");
            (int? levelBefore, int? level) = (row.Level("改造前等级"), row.Level("改造后等级"));
            string evidence = row.Text("佐证材料", lineBreaks: true), note = row.Text("备注", lineBreaks: true);
            if (name.Length == 0 || level is null || !IsFirst(row, "场景", name, seen))
            {
                continue;
            }

            SceneLevel scene = new(name, level.Value, levelBefore, [.. evidence.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Evidence)], note);
            SceneLevel? known = before.Answers.FindScene(name);
            string Shown(SceneLevel s) => $"{(s.LevelBefore is { } b ? $"{b} → " : "")}{s.Level} 级，佐证 {s.Evidence.Count} 项 {s.Note}".TrimEnd();
            if (known is null || Shown(known) != Shown(scene) || Text(known.Evidence) != Text(scene.Evidence))
            {
                Add(row, name, known is null ? PartChangeKind.Add : PartChangeKind.Change, known is null ? Shown(scene) : $"{Shown(known)} → {Shown(scene)}", new SceneSet(scene));
            }
        }
    }

    /// <summary>A spreadsheet cannot bring a file: it may name one that is kept already otherwise, or attach it to something else too.</summary>
    private void Files(IReadOnlyList<PartRow> rows)
    {
        foreach (PartRow row in rows)
        {
            string subject = row.Text("对象"), name = row.Text("文件名"), kind = row.Text("类别"), hash = row.Text("SHA-256").ToLowerInvariant();
            AttachedFile? kept = before.Files.FirstOrDefault(f => f.Sha256 == hash && f.Subject.Equals(subject, StringComparison.OrdinalIgnoreCase)) ?? before.Files.FirstOrDefault(f => f.Sha256 == hash);
            if (subject.Length == 0 || name.Length == 0 || hash.Length == 0)
            {
                continue;
            }

            if (kept is null)
            {
                row.Refuse("SHA-256", "is of no file that is kept", "a file that was uploaded: a spreadsheet cannot bring one");
                continue;
            }

            AttachedFile file = kept with { Subject = subject, Name = name, Kind = kind };
            bool isNew = !kept.Subject.Equals(subject, StringComparison.OrdinalIgnoreCase);
            if (isNew || file != kept with { Subject = subject })
            {
                Add(row, subject, isNew ? PartChangeKind.Add : PartChangeKind.Change, isNew ? $"{name}（{kind}）" : $"{kept.Name}（{kept.Kind}） → {name}（{kind}）", new FileAttached(file));
            }
        }
    }

    private static EvidenceReference Evidence(string line)
    {
        string[] cells = line.Split(EvidenceSeparator, StringSplitOptions.TrimEntries);
        string At(int i) => i < cells.Length ? cells[i] : "";
        return new EvidenceReference(At(0), At(3).ToLowerInvariant(), At(1), At(2));
    }

    private void Note<T>(PartRow row, string subject, T? known, T wanted, LedgerChange change, Func<T, string> shown)
        where T : class
    {
        if (known is null)
        {
            Add(row, subject, PartChangeKind.Add, shown(wanted), change);
        }
        else if (!known.Equals(wanted))
        {
            Add(row, subject, PartChangeKind.Change, $"{shown(known)} → {shown(wanted)}", change);
        }
    }

    private void Add(PartRow row, string subject, PartChangeKind kind, string what, LedgerChange change) =>
        _changes.Add(new PartChange(row.Part.Sheet, row.Number, subject, kind, what) { Change = change });

    private void Gone(LedgerPart part, IEnumerable<string> keys, Func<string, LedgerChange> removed)
    {
        if (complete)
        {
            _changes.AddRange(keys.Select(key => new PartChange(part.Sheet, 0, key, PartChangeKind.Remove, "移除") { Change = removed(key) }));
        }
    }

    private static void Missing(PartRow row, string header, long? time)
    {
        if (time is null)
        {
            row.Refuse(header, "is empty", "a value: the column is required");
        }
    }

    private static bool IsFirst(PartRow row, string header, string key, Dictionary<string, int> seen)
    {
        if (seen.TryAdd(key, row.Number))
        {
            return true;
        }

        row.Refuse(header, $"stands in row {seen[key]} already", "each once");
        return false;
    }

    private static bool IsShown(long ticks, long shown) => Math.Abs(ticks - shown) <= TimeSpan.TicksPerMillisecond;

    private static long? Kept(long? known, long? shown) => known is { } ticks && shown is { } s && IsShown(ticks, s) ? known : shown;
}
