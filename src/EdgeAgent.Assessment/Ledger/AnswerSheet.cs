namespace EdgeAgent.Assessment.Ledger;

/// <summary>All typed answers and scene levels of an enterprise at one instant. Immutable.</summary>
public sealed class AnswerSheet
{
    private readonly Dictionary<int, TypedAnswer> _byItem;
    private readonly Dictionary<string, SceneLevel> _byScene;

    /// <exception cref="ArgumentException">An item or a scene appears twice.</exception>
    public AnswerSheet(IEnumerable<TypedAnswer> answers, IEnumerable<SceneLevel> scenes)
    {
        Answers = [.. answers.OrderBy(a => a.Item)];
        Scenes = [.. scenes.OrderBy(s => s.Scene, StringComparer.Ordinal)];
        _byItem = Answers.ToDictionary(a => a.Item);
        _byScene = Scenes.ToDictionary(s => s.Scene, StringComparer.Ordinal);
    }

    public static AnswerSheet Empty { get; } = new([], []);

    /// <summary>By item number.</summary>
    public IReadOnlyList<TypedAnswer> Answers { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<SceneLevel> Scenes { get; }

    public TypedAnswer? Find(int item) => _byItem.GetValueOrDefault(item);

    public SceneLevel? FindScene(string scene) => _byScene.GetValueOrDefault(scene);
}
