using Lading.Git;

namespace Lading.Context.Dockerfiles;

/// <summary>Goes from a target to the stages and images that it is made from, for one platform.</summary>
internal sealed class StageWalk
{
    private const string ContextImage = "docker-image://";

    private readonly Dockerfile dockerfile;
    private readonly IReadOnlyDictionary<string, Substitution> arguments;
    private readonly IReadOnlyDictionary<string, string> contexts;
    private readonly SortedSet<int> stages = [];
    private readonly SortedSet<string> references = new(ByteOrder.Comparer);

    private StageWalk(
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
        var walk = new StageWalk(dockerfile, arguments, contexts);
        walk.Visit(target);
        return new Reach(walk.stages, walk.references);
    }

    private void Visit(Stage stage)
    {
        if (!stages.Add(stage.Index))
        {
            return;
        }

        if (stage.Name is not null && IsContext(stage.Name))
        {
            return;
        }

        var from = Substitution.Apply(
            stage.From,
            dockerfile.Escape,
            name => arguments.GetValueOrDefault(name, Substitution.Unset)
        );
        if (from.IsKnown)
        {
            // FROM sees the stages before it, the last one of a name; never by number.
            Take(from.Text, dockerfile.Stages.Take(stage.Index), canBeNumber: false);
        }
        else
        {
            TakeUnknown(stage.From, dockerfile.Stages.Take(stage.Index));
        }

        foreach (var source in stage.Instructions.SelectMany(Sources))
        {
            if (source.Contains('$', StringComparison.Ordinal))
            {
                TakeUnknown(source, dockerfile.Stages);
            }
            else
            {
                Take(source, dockerfile.Stages, canBeNumber: true);
            }
        }
    }

    private void Take(string name, IEnumerable<Stage> candidates, bool canBeNumber)
    {
        if (name.Length == 0 || IsContext(name))
        {
            return;
        }

        var stage =
            candidates.LastOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? (canBeNumber ? dockerfile.FindByNumber(name) : null);
        if (stage is not null)
        {
            Visit(stage);
        }
        else if (name != "scratch")
        {
            references.Add(name);
        }
    }

    /// <summary>A name that only the engine can tell: it may be any stage, and is an image of that very name.</summary>
    private void TakeUnknown(string written, IEnumerable<Stage> candidates)
    {
        references.Add(written);
        foreach (var stage in candidates)
        {
            Visit(stage);
        }
    }

    private bool IsContext(string name)
    {
        if (!contexts.TryGetValue(name, out var context) && !contexts.TryGetValue(Familiar(name), out context))
        {
            return false;
        }

        if (context.StartsWith(ContextImage, StringComparison.Ordinal))
        {
            references.Add(context[ContextImage.Length..]);
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
    private IEnumerable<string> Sources(Instruction instruction) =>
        instruction.Keyword switch
        {
            "COPY" or "ADD" => instruction.FlagValues("from"),
            "RUN" => instruction.FlagValues("mount").SelectMany(MountSources),
            // It acts in the stages that begin with this one; counted here it is never missed.
            "ONBUILD" => Sources(Inner(instruction)),
            _ => [],
        };

    private Instruction Inner(Instruction instruction)
    {
        var words = instruction.Arguments.Split([' ', '\t'], 2, StringSplitOptions.TrimEntries);
        var flags = new List<string>();
        var rest = BuilderFlags.Split(words.Length > 1 ? words[1] : "", dockerfile.Escape, flags);
        return instruction with { Keyword = words[0].ToUpperInvariant(), Flags = flags, Arguments = rest };
    }

    private static IEnumerable<string> MountSources(string mount) =>
        mount
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(field => field.Split('=', 2))
            .Where(pair => pair.Length == 2 && pair[0].Equals("from", StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair[1].Trim('"'));
}
