using Lading.Git;
using Lading.Oci;

namespace Lading.Context.Dockerfiles;

/// <summary>Finds the stages and images that a target depends on, for one platform.</summary>
internal sealed class StageGraph
{
    private const string ContextImage = "docker-image://";

    private readonly Dockerfile dockerfile;
    private readonly IReadOnlyDictionary<string, Substitution> arguments;
    private readonly IReadOnlyDictionary<string, string> contexts;
    private readonly HashSet<int> visited = [];
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
    /// <param name="target">The target's stage.</param>
    /// <param name="arguments">The values of variables in <c>FROM</c>.</param>
    /// <param name="contexts">Named build contexts, which take precedence over stages and images of their name.</param>
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
        // Engines differ about whether a context can replace the target itself.
        if (!visited.Add(stage.Index) || (stage.Name is not null && IsContext(stage.Name, stage.Line) && !isTarget))
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
            ResolveUnknown(stage.From, stage.Line, dockerfile.Stages.Take(stage.Index));
        }
        else if (IsUnresolved(from.Text, stage))
        {
            // An argument without a value: no engine builds that.
            references.TryAdd(stage.From, stage.Line);
        }
        // FROM can name earlier stages, but not by number.
        else if (Resolve(from.Text, stage.Line, dockerfile.Stages.Take(stage.Index), canBeNumber: false) is { } parent)
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
                    ResolveUnknown(source, instruction.Line, dockerfile.Stages);
                }
                else
                {
                    Resolve(source, instruction.Line, dockerfile.Stages, canBeNumber: true);
                }
            }
        }
    }

    /// <summary>Whether a <c>FROM</c> with variables is neither a stage nor a reference.</summary>
    private bool IsUnresolved(string name, Stage stage) =>
        stage.From.Contains('$', StringComparison.Ordinal)
        && !IsContext(name, stage.Line)
        && !ImageReference.TryParse(name, out _);

    private bool IsImage(string name, Stage stage) =>
        !IsContext(name, stage.Line)
        && references.ContainsKey(name)
        && !dockerfile.Stages.Take(stage.Index).Any(before => before.IsNamed(name));

    /// <returns>The number of the stage; null for an image or a context.</returns>
    private int? Resolve(string name, int line, IEnumerable<Stage> candidates, bool canBeNumber)
    {
        if (name.Length == 0 || IsContext(name, line))
        {
            return null;
        }

        var matches = candidates.Where(stage => stage.IsNamed(name)).ToList();
        if (matches.Count == 0 && canBeNumber && dockerfile.FindByNumber(name) is { } numbered)
        {
            matches.Add(numbered);
        }

        // Of several stages with one name, some engines take the first, others the last.
        matches.ForEach(stage => Visit(stage));
        if (matches.Count > 0)
        {
            return matches.Count == 1 && stages.Contains(matches[0].Index) ? matches[0].Index : null;
        }

        if (name == "scratch")
        {
            return Reach.Scratch;
        }

        references.TryAdd(name, line);
        return null;
    }

    /// <summary>A name that only the engine can resolve: it may be any stage, and is recorded as an image of that name.</summary>
    private void ResolveUnknown(string written, int line, IEnumerable<Stage> candidates)
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

    /// <summary>The name under which BuildKit looks a context up: without Docker's own registry and without the tag latest.</summary>
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

    /// <summary>The stages or images that an instruction refers to with <c>from</c>.</summary>
    private static IEnumerable<string> Sources(Instruction instruction) =>
        instruction.Keyword switch
        {
            "COPY" or "ADD" => instruction.FlagValues("from"),
            "RUN" => instruction.FlagValues("mount").SelectMany(MountSources),
            // It runs in stages based on this one; counting it here never misses it. Engines refuse ONBUILD within ONBUILD.
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

/// <summary>The stages and images of a target.</summary>
/// <param name="Stages">The numbers of the stages, without those that a named context replaces.</param>
/// <param name="References">The images, with variables replaced, and the first line that names each. Without <c>scratch</c>.</param>
/// <param name="Parents">For each stage based on another, its number; for each based on <c>scratch</c>, -1; no entry for stages based
/// on an image.</param>
/// <param name="Images">For each stage based on an image, its reference, if it is unambiguous.</param>
internal sealed record Reach(
    IReadOnlyCollection<int> Stages,
    IReadOnlyDictionary<string, int> References,
    IReadOnlyDictionary<int, int> Parents,
    IReadOnlyDictionary<int, string> Images
)
{
    public const int Scratch = -1;
}
