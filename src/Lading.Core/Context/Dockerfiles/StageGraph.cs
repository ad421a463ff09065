using Lading.Git;
using Lading.Oci;

namespace Lading.Context.Dockerfiles;

/// <summary>Goes from a target to the stages and images that it is made from, for one platform.</summary>
internal sealed class StageGraph
{
    private const string ContextImage = "docker-image://";

    private readonly Dockerfile dockerfile;
    private readonly IReadOnlyDictionary<string, Substitution> arguments;
    private readonly IReadOnlyDictionary<string, string> contexts;
    private readonly HashSet<int> seen = [];
    private readonly SortedSet<int> stages = [];
    private readonly SortedDictionary<string, int> references = new(ByteOrder.Comparer);
    private readonly Dictionary<int, int> parents = [];
    private readonly Dictionary<int, string> images = [];

    private StageGraph(
        Dockerfile dockerfile,
        IReadOnlyDictionary<string, Substitution> arguments,
        IReadOnlyDictionary<string, string> contexts
    )
    {
        this.dockerfile = dockerfile;
        this.arguments = arguments;
        this.contexts = contexts;
    }

    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="target">The stage to begin with.</param>
    /// <param name="arguments">What variables in <c>FROM</c> stand for.</param>
    /// <param name="contexts">Named build contexts, which come before stages and images of their name.</param>
    public static Reach From(
        Dockerfile dockerfile,
        Stage target,
        IReadOnlyDictionary<string, Substitution> arguments,
        IReadOnlyDictionary<string, string> contexts
    )
    {
        var walk = new StageGraph(dockerfile, arguments, contexts);
        foreach (var stage in dockerfile.Stages.Where(stage => stage == target || stage.IsNamed(target.Name)))
        {
            walk.Visit(stage, isTarget: true);
        }

        return new Reach(walk.stages, walk.references, walk.parents, walk.images);
    }

    private void Visit(Stage stage, bool isTarget = false)
    {
        // Whether a context stands in for the target itself is not the same with every engine.
        if (!seen.Add(stage.Index) || (stage.Name is not null && IsContext(stage.Name, stage.Line) && !isTarget))
        {
            return;
        }

        stages.Add(stage.Index);
        var from = Substitution.Apply(
            stage.From,
            dockerfile.Escape,
            name => arguments.GetValueOrDefault(name, Substitution.Unset)
        );
        if (!from.IsKnown)
        {
            TakeUnknown(stage.From, stage.Line, dockerfile.Stages.Take(stage.Index));
        }
        else if (IsNothing(from.Text, stage))
        {
            // An argument without a value: no engine builds that.
            references.TryAdd(stage.From, stage.Line);
        }
        // FROM sees the stages before it; never by number.
        else if (Take(from.Text, stage.Line, dockerfile.Stages.Take(stage.Index), canBeNumber: false) is { } parent)
        {
            parents[stage.Index] = parent;
        }
        else if (IsImage(from.Text, stage))
        {
            images[stage.Index] = from.Text;
        }

        foreach (var instruction in stage.Instructions)
        {
            foreach (var source in Sources(instruction))
            {
                if (source.Contains('$', StringComparison.Ordinal))
                {
                    TakeUnknown(source, instruction.Line, dockerfile.Stages);
                }
                else
                {
                    Take(source, instruction.Line, dockerfile.Stages, canBeNumber: true);
                }
            }
        }
    }

    /// <summary>Whether neither a stage nor a reference comes of a <c>FROM</c> with variables.</summary>
    private bool IsNothing(string name, Stage stage) =>
        stage.From.Contains('$', StringComparison.Ordinal)
        && !IsContext(name, stage.Line)
        && !ImageReference.TryParse(name, out _);

    private bool IsImage(string name, Stage stage) =>
        !IsContext(name, stage.Line)
        && references.ContainsKey(name)
        && !dockerfile.Stages.Take(stage.Index).Any(before => before.IsNamed(name));

    /// <returns>The number of the stage that it is; null if it is an image or a context.</returns>
    private int? Take(string name, int line, IEnumerable<Stage> candidates, bool canBeNumber)
    {
        if (name.Length == 0 || IsContext(name, line))
        {
            return null;
        }

        var meant = candidates.Where(stage => stage.IsNamed(name)).ToList();
        if (meant.Count == 0 && canBeNumber && dockerfile.FindByNumber(name) is { } numbered)
        {
            meant.Add(numbered);
        }

        // Of several stages of one name some engines take the first, others the last.
        meant.ForEach(stage => Visit(stage));
        if (meant.Count > 0)
        {
            return meant.Count == 1 && stages.Contains(meant[0].Index) ? meant[0].Index : null;
        }

        if (name == "scratch")
        {
            return Reach.Scratch;
        }

        references.TryAdd(name, line);
        return null;
    }

    /// <summary>A name that only the engine can tell: it may be any stage, and is an image of that very name.</summary>
    private void TakeUnknown(string written, int line, IEnumerable<Stage> candidates)
    {
        references.TryAdd(written, line);
        foreach (var stage in candidates)
        {
            Visit(stage);
        }
    }

    private bool IsContext(string name, int line)
    {
        if (!contexts.TryGetValue(name, out var context) && !contexts.TryGetValue(Familiar(name), out context))
        {
            return false;
        }

        if (context.StartsWith(ContextImage, StringComparison.Ordinal))
        {
            references.TryAdd(context[ContextImage.Length..], line);
        }

        return true;
    }

    /// <summary>The name that BuildKit looks a context up by: without Docker's own registry and without the tag latest.</summary>
    private static string Familiar(string reference)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["docker.io/library/", "docker.io/"])
        {
            if (reference.StartsWith(prefix, StringComparison.Ordinal))
            {
                reference = reference[prefix.Length..];
                break;
            }
        }

        return reference.EndsWith(":latest", StringComparison.Ordinal) ? reference[..^":latest".Length] : reference;
    }

    /// <summary>What an instruction names by <c>from</c>: stages or images.</summary>
    private static IEnumerable<string> Sources(Instruction instruction) =>
        instruction.Keyword switch
        {
            "COPY" or "ADD" => instruction.FlagValues("from"),
            "RUN" => instruction.FlagValues("mount").SelectMany(MountSources),
            // It acts in the stages that begin with this one; counted here it is never missed.
            // Engines refuse ONBUILD within ONBUILD.
            "ONBUILD" when instruction.Triggered() is { Keyword: not "ONBUILD" } triggered => Sources(triggered),
            _ => [],
        };

    private static IEnumerable<string> MountSources(string mount) =>
        mount
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(field => field.Split('=', 2))
            .Where(pair => pair.Length == 2 && pair[0].Equals("from", StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair[1].Trim('"'));
}

/// <summary>What a target is made from.</summary>
/// <param name="Stages">The stages, by their numbers, but for those that a named context stands in for.</param>
/// <param name="References">The images, as written once variables are replaced, and the line that names each first. Not <c>scratch</c>.</param>
/// <param name="Parents">For each stage on another its number; for each on <c>scratch</c> -1; none for what is on an image.</param>
/// <param name="Images">For each stage on an image the reference, where a single one is meant.</param>
internal sealed record Reach(
    IReadOnlyCollection<int> Stages,
    IReadOnlyDictionary<string, int> References,
    IReadOnlyDictionary<int, int> Parents,
    IReadOnlyDictionary<int, string> Images
)
{
    public const int Scratch = -1;
}
