using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests.Scoring;

/// <summary>An enterprise for a test: a plant as in <see cref="Scene"/>, with answers, scenes, points and stops.</summary>
internal sealed class ScoreScene
{
    private readonly List<TypedAnswer> _answers = [];
    private readonly List<SceneLevel> _scenes = [];

    public Scene Plant { get; } = new() { Pack = RulePackCatalog.Load("hohhot-2025") };

    public List<DeclaredStop> Stops { get; } = [];

    public List<PlannedPoint> Points { get; } = [];

    public List<SeriesInfo> Series { get; } = [];

    public List<SeriesHour>? SeriesHours { get; set; }

    public SignedBaseline? Before { get; set; }

    public ProjectProfile? Project { get; set; }

    public List<DeviceBinding> Bindings { get; } = [];

    /// <summary>Twenty assets: twelve digital by evidence or observation, so many of them networked.</summary>
    public static ScoreScene Worked(int networked = 9)
    {
        ScoreScene scene = new();
        for (int i = 1; i <= 20; i++)
        {
            string assetNo = $"A-{i:00}";
            scene.Plant.Asset(assetNo, e => i <= Math.Max(12, networked) ? e : i <= 14 ? e with { Evidence = [] } : e with { DigitalBasis = DigitalBasis.None, Evidence = [] });
            if (i <= networked)
            {
                scene.Plant.Observed(assetNo);
            }
        }

        return scene;
    }

    public ScoreScene Answer(int item, string[] options, bool evidence = true, params (string Key, decimal Value)[] numbers)
    {
        _answers.RemoveAll(a => a.Item == item);
        _answers.Add(new TypedAnswer(item, options, numbers.ToDictionary(n => n.Key, n => n.Value), evidence ? [new EvidenceReference($"佐证{item}", "", "3.1", "12")] : []));
        return this;
    }

    public ScoreScene Level(string scene, int level, bool evidence = true)
    {
        _scenes.RemoveAll(s => s.Scene == scene);
        _scenes.Add(new SceneLevel(scene, level, null, evidence ? [new EvidenceReference("截图")] : []));
        return this;
    }

    /// <summary>The answers of the worked example, items 1 and 4 to 15.</summary>
    public ScoreScene WorkedAnswers() => Answer(1, ["A", "B"]).Answer(4, ["生产管控", "质量管理", "设备管理", "能耗管理", "仓储物流"])
        .Answer(5, ["B"]).Answer(6, ["A", "B"]).Answer(7, ["A", "B"]).Answer(8, ["C"]).Answer(9, ["A", "B"]).Answer(10, ["A", "B", "C"]).Answer(11, ["A"])
        .Answer(12, ["降低"]).Answer(13, ["持平"]).Answer(14, ["增加"]).Answer(15, ["持平"]);

    public AssessmentInputs Inputs() => new()
    {
        Site = "plant",
        Ledger = new DeviceLedger([.. Plant.Entries], "ledger") { Answers = new AnswerSheet(_answers, _scenes), Stops = Stops, Project = Project, Bindings = Bindings },
        Pack = Plant.Pack,
        Observed = Observed(),
        AsOf = Scene.AsOf,
        Now = Plant.Now,
        Points = new PointTable(Points, ""),
        Before = Before,
    };

    public AssessmentResult Assess() => AssessmentEngine.Assess(Inputs());

    private Observations Observed()
    {
        AccountHistory accounts = new(Plant.Pack.Rules.AllowSimulated);
        foreach (DeviceHour row in Plant.Store.Rows)
        {
            accounts.Add(new DeviceSource(row.Agent, row.Device, row.Asset, row.Driver, row.Address), row.Account);
        }

        return new Observations { Accounts = accounts, Series = Series, SeriesHours = SeriesHours, Devices = Plant.Store.Devices };
    }
}
