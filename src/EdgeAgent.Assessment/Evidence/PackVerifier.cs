using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Evidence.Chains;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Checks a pack offline, with nothing but the pack and public keys, and names every disagreement with file and place.</summary>
/// <remarks>Nothing is unpacked; a file is read in place, in blocks. Memory is bounded by devices and hours, not by batches.</remarks>
public sealed class PackVerifier
{
    private const int ManifestBytesMax = 32 << 20;
    private const int TableBytesMax = 512 << 20;
    private const int SourceBytesMax = 64 << 20;

    private readonly List<PackProblem> _problems = [];
    private readonly List<string> _notes = [];
    private readonly VerificationKeys _trusted;
    private readonly PackReader _pack;
    private PackManifest _manifest = null!;

    private PackVerifier(PackReader pack, VerificationKeys trusted)
    {
        _pack = pack;
        _trusted = trusted;
    }

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PackVerification Verify(string path, VerificationKeys trusted)
    {
        List<PackProblem> problems = [];
        using PackReader? pack = PackReader.Open(path, problems);
        return pack is null
            ? new PackVerification(null, "", problems, [], 0, 0, "")
            : new PackVerifier(pack, trusted).Run();
    }

    private PackVerification Run()
    {
        byte[]? manifest = _pack.Read(PackLayout.Manifest, ManifestBytesMax);
        if (!CheckManifest(manifest))
        {
            return new PackVerification(null, "", _problems, _notes, 0, 0, "");
        }

        string sha256 = Convert.ToHexStringLower(SHA256.HashData(manifest!));
        CheckHeaders();
        Dictionary<AgentKey, byte[]> keys = ReadAgents();
        Dictionary<string, PlantDefinition> definitions = ReadDefinitions();
        ConcurrentDictionary<string, string> hashes = new(StringComparer.Ordinal);
        ChainPart[] parts = ScanBatches(keys, hashes);
        CheckHashes(hashes);
        if (_manifest.Version != PackManifest.FormatVersion || _manifest.Format != PackManifest.FormatName)
        {
            return new PackVerification(_manifest, sha256, _problems, _notes, 0, 0, "");
        }

        return Recompute(sha256, definitions, parts);
    }

    private PackVerification Recompute(string sha256, Dictionary<string, PlantDefinition> definitions, ChainPart[] parts)
    {
        ChainAudit audit = new(definitions);
        audit.Run(parts, _pack, _pack.Names, _manifest.FromHour);
        _problems.AddRange(audit.Problems);
        CheckChains(audit.Chains);
        CheckDefinitionsUsed(definitions, parts);
        CheckChallenges();
        long batches = parts.Sum(p => p.Batches);
        string result = "";
        int devices = 0;
        if (ReadFacts(audit.Accounts) is { } facts)
        {
            try
            {
                (devices, result) = CompareDerived(facts, audit, definitions);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or OverflowException or FormatException)
            {
                _problems.Add(new PackProblem(PackLayout.Metrics, "", $"it cannot be computed again from what the pack holds: {e.Message}"));
            }
        }

        return new PackVerification(_manifest, sha256, _problems, _notes, batches, devices, result);
    }

    private (int Devices, string Result) CompareDerived(PackFacts facts, ChainAudit audit, Dictionary<string, PlantDefinition> definitions)
    {
        AssessmentResult report = PackMetrics.Compute(facts);
        SampleDraw draw = new(SampleSeed.Of(_manifest.Site, _manifest.FromHour, _manifest.ToHour, _manifest.Previous, audit.Chains));
        foreach ((string path, byte[] computed) in PackDerivation.Files(facts, report, audit, draw, _pack, _pack.Names, definitions))
        {
            Compare(path, computed);
        }

        RateResult digital = report.Indicators.Digitalization, networked = report.Indicators.Networking;
        return (report.Devices.Count, $"N = {report.Counts.Total}; digital {digital.N} (option {digital.Option ?? "none"}), networked {networked.N} (option {networked.Option ?? "none"}); score {report.Score.TotalText}, level {report.Score.Level}");
    }

    private bool CheckManifest(byte[]? bytes)
    {
        byte[]? signature = _pack.Read(PackLayout.Signature, BatchFormat.SignatureBytes);
        if (bytes is null || signature is not { Length: BatchFormat.SignatureBytes }
            || _pack.Entries.Count < 2 || _pack.Entries[^2].Path != PackLayout.Manifest || _pack.Entries[^1].Path != PackLayout.Signature)
        {
            _problems.Add(new PackProblem("(container)", "", "it does not end with manifest.json and a manifest.sig of 64 bytes"));
            return false;
        }

        if (!_trusted.Verifies(SHA256.HashData(bytes), signature))
        {
            _problems.Add(new PackProblem(PackLayout.Signature, "", "the signature over manifest.json is not that of any key given: the manifest was changed, or the pack is of another hub"));
        }

        if (Crc32.Of(bytes) != _pack.Names[PackLayout.Manifest].Crc || Crc32.Of(signature) != _pack.Names[PackLayout.Signature].Crc)
        {
            _problems.Add(new PackProblem("(container)", "", "the check sum of manifest.json or manifest.sig is wrong"));
        }

        if (PackManifest.TryRead(bytes) is not { } manifest || !bytes.AsSpan().SequenceEqual(manifest.Write()))
        {
            _problems.Add(new PackProblem(PackLayout.Manifest, "", "it cannot be read as a manifest of this version"));
            return false;
        }

        _manifest = manifest;
        return true;
    }

    /// <summary>The container must hold what the manifest lists, in its order, and nothing else.</summary>
    private void CheckHeaders()
    {
        HashSet<string> listed = new(_manifest.Files.Select(f => f.Path), StringComparer.Ordinal);
        foreach (PackEntry entry in _pack.Entries)
        {
            if (!_pack.HasRightHeader(entry))
            {
                _problems.Add(new PackProblem(entry.Path, "", "its header in the container was changed"));
            }

            if (!listed.Contains(entry.Path) && entry.Path is not (PackLayout.Manifest or PackLayout.Signature))
            {
                _problems.Add(new PackProblem(entry.Path, "", "the manifest does not list it: it was added"));
            }
        }

        int position = 0;
        foreach (PackFile file in _manifest.Files)
        {
            if (!_pack.Names.TryGetValue(file.Path, out PackEntry entry))
            {
                _problems.Add(new PackProblem(file.Path, "", "the manifest lists it, and it is not there: it was removed"));
                continue;
            }

            if (entry.Bytes != file.Bytes || entry.Crc.ToString("x8", CultureInfo.InvariantCulture) != file.Crc32)
            {
                _problems.Add(new PackProblem(file.Path, "", "its size or check sum is not what the manifest says"));
            }

            if (position < _pack.Entries.Count && _pack.Entries[position].Path != file.Path)
            {
                _problems.Add(new PackProblem(file.Path, "", "it does not stand where the manifest lists it: files were put in another order"));
            }

            position++;
        }
    }

    private void CheckHashes(ConcurrentDictionary<string, string> known)
    {
        Parallel.ForEach(_manifest.Files, file =>
        {
            if (_pack.Names.TryGetValue(file.Path, out PackEntry entry))
            {
                string hash = known.TryGetValue(file.Path, out string? found) && found.Length > 0 ? found : _pack.HashOf(entry);
                if (hash != file.Sha256)
                {
                    lock (_problems)
                    {
                        _problems.Add(new PackProblem(file.Path, "", "its content is not what the manifest was signed for"));
                    }
                }
            }
        });
    }

    private Dictionary<AgentKey, byte[]> ReadAgents()
    {
        if (_pack.Read(PackLayout.Agents, SourceBytesMax) is not { } json || PackAgents.TryRead(json) is not { } keys)
        {
            _problems.Add(new PackProblem(PackLayout.Agents, "", "it is missing or cannot be read, so no batch can be checked against its agent's key"));
            return [];
        }

        foreach ((AgentKey agent, byte[] key) in keys)
        {
            if (!_trusted.Has(key))
            {
                _notes.Add($"The key of agent {agent.Agent} is believed as the hub enrolled it ({Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 8))}); give its agent.pub with --key to rely on the agent alone.");
            }
        }

        return keys;
    }

    private Dictionary<string, PlantDefinition> ReadDefinitions()
    {
        Dictionary<string, PlantDefinition> definitions = new(StringComparer.Ordinal);
        foreach (PackEntry entry in _pack.Entries.Where(e => e.Path.StartsWith(PackLayout.DefinitionFolder, StringComparison.Ordinal)))
        {
            if (_pack.Read(entry.Path, SourceBytesMax) is { } bytes
                && DefinitionCodec.TryDecode(bytes, BatchLimits.Default, out PlantDefinition? definition) == BatchReadStatus.Ok
                && PackLayout.Definition(definition!.ConfigHash.Span) == entry.Path)
            {
                definitions[Convert.ToHexStringLower(definition.ConfigHash.Span)] = definition;
            }
            else
            {
                _problems.Add(new PackProblem(entry.Path, "", "it is not the definition that its name says"));
            }
        }

        return definitions;
    }

    private ChainPart[] ScanBatches(Dictionary<AgentKey, byte[]> keys, ConcurrentDictionary<string, string> hashes)
    {
        SampleDraw? draw = _manifest.Seed.Length == 64 && _manifest.Seed.All(char.IsAsciiHexDigitLower) ? new SampleDraw(Convert.FromHexString(_manifest.Seed)) : null;
        PackEntry[] files = [.. _pack.Entries.Where(e => e.Path.StartsWith(PackLayout.BatchFolder, StringComparison.Ordinal))];
        ChainPart[] parts = new ChainPart[files.Length];
        Parallel.For(0, files.Length, i =>
        {
            parts[i] = new BatchFileScan(files[i], _pack, keys, draw, _manifest.FromHour).Run();
            hashes[files[i].Path] = parts[i].Sha256;
        });
        foreach (ChainPart part in parts)
        {
            _problems.AddRange(part.Problems);
            if (part.Batches > 0 && (part.Agent.Site != _manifest.Site || part.File != PackLayout.Batches(part.Agent, part.Incarnation, part.First)))
            {
                _problems.Add(new PackProblem(part.File, "", $"it holds batches of {part.Agent.Site}/{part.Agent.Agent} {part.Incarnation:N} from {part.First} on, which belong elsewhere"));
            }
        }

        return parts;
    }

    private void CheckChains(List<PackChain> found)
    {
        foreach (PackChain stated in _manifest.Chains)
        {
            if (!found.Contains(stated))
            {
                PackChain? actual = found.FirstOrDefault(c => c.Agent == stated.Agent && c.Incarnation == stated.Incarnation);
                _problems.Add(new PackProblem(PackLayout.Manifest, $"chain {stated.Agent} {stated.Incarnation}", actual is null
                    ? "no batches of it are in the pack"
                    : $"it says {stated.Batches} batches {stated.First} to {stated.Last}, and {actual.Batches} batches {actual.First} to {actual.Last} are there"));
            }
        }

        foreach (PackChain extra in found.Where(f => !_manifest.Chains.Any(s => s.Agent == f.Agent && s.Incarnation == f.Incarnation)))
        {
            _problems.Add(new PackProblem(PackLayout.Manifest, $"chain {extra.Agent} {extra.Incarnation}", "its batches are in the pack, and the manifest does not name it"));
        }

        string seed = Convert.ToHexStringLower(SampleSeed.Of(_manifest.Site, _manifest.FromHour, _manifest.ToHour, _manifest.Previous, found));
        if (seed != _manifest.Seed)
        {
            _problems.Add(new PackProblem(PackLayout.Manifest, "$.seed", "the seed of the samples does not follow from the pack before, the window and the chains: it was chosen"));
        }
    }

    private void CheckDefinitionsUsed(Dictionary<string, PlantDefinition> definitions, ChainPart[] parts)
    {
        HashSet<string> used = [.. parts.SelectMany(p => p.Definitions)];
        foreach (string hash in definitions.Keys.Where(hash => !used.Contains(hash)))
        {
            _problems.Add(new PackProblem($"{PackLayout.DefinitionFolder}{hash}.bin", "", "no batch names this definition: it was added"));
        }
    }

    private void CheckChallenges()
    {
        if (_pack.Read(PackLayout.Challenges, SourceBytesMax) is { } lines)
        {
            AuditChain.Read(lines, out string? problem);
            if (problem is not null)
            {
                _problems.Add(new PackProblem(PackLayout.Challenges, "", problem));
            }
        }
    }

    private PackFacts? ReadFacts(List<DeviceHour> accounts)
    {
        PackFactsReader decided = new(path => _pack.Read(path, SourceBytesMax));
        if (!decided.Run(_manifest.Site, _manifest.AsOf))
        {
            _problems.AddRange(decided.Problems);
            return null;
        }

        if (decided.Baseline is { } baseline && !_trusted.Has(baseline.PublicKey.Span))
        {
            _problems.Add(new PackProblem(PackLayout.Baseline, "", "it is signed by a key that was not given"));
        }

        byte[]? before = _pack.Read(PackLayout.Before, TableBytesMax), observed = _pack.Read(PackLayout.Observed, TableBytesMax);
        string problem = "it is missing";
        List<DeviceHour>? stated = before is null ? null : AccountTable.TryRead(before, _manifest.Site, out problem);
        if (stated is null)
        {
            _problems.Add(new PackProblem(PackLayout.Before, "", problem));
            return null;
        }

        if (observed is null || PackObserved.TryRead(observed) is not { } values)
        {
            _problems.Add(new PackProblem(PackLayout.Observed, "", "it is missing or cannot be read"));
            return null;
        }

        _notes.Add("Sums of values, newest readings and clock samples in observed.json are stated by the hub; accounts, devices and samples follow from signed batches.");
        return Facts(decided, values, stated, accounts);
    }

    private PackFacts? Facts(PackFactsReader decided, PackObserved observed, List<DeviceHour> before, List<DeviceHour> accounts)
    {
        WindowLength? window = null;
        if (_manifest.Window is { } text)
        {
            window = WindowLength.TryParse(text, out WindowLength length) ? length : null;
        }

        ObservationWindow expected = PackFacts.WindowOf(decided.Rules!.Rules, _manifest.AsOf, window);
        if (expected.FromHour != _manifest.FromHour || expected.ToHour != _manifest.ToHour)
        {
            _problems.Add(new PackProblem(PackLayout.Manifest, "$.fromHour", "the window is not the one that instant and rule pack give"));
            return null;
        }

        if (before.Exists(row => row.Account.Hour >= _manifest.FromHour))
        {
            _problems.Add(new PackProblem(PackLayout.Before, "", "it has accounts of the window, which only batches may prove"));
            return null;
        }

        if (before.Count > 0)
        {
            _notes.Add($"{before.Count} hourly accounts before the window are stated by the hub; their batches are not in this pack.");
        }

        return new PackFacts(_manifest.Site, _manifest.AsOf, window, _manifest.CreatedAt, decided.Rules, decided.Ledger!, decided.Points, decided.Baseline, observed, before, accounts);
    }

    private void Compare(string path, byte[] computed)
    {
        byte[]? stated = _pack.Read(path, TableBytesMax);
        if (stated is null)
        {
            _problems.Add(new PackProblem(path, "", "it is missing"));
            return;
        }

        _problems.AddRange(DifferenceFinder.Find(path, stated, computed));
    }
}
