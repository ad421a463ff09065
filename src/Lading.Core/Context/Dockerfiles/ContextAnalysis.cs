using Lading.Oci;

namespace Lading.Context.Dockerfiles;

/// <summary>Determines what a Dockerfile's target can read from its context (docs/fingerprint.md, "Only what can be read").</summary>
internal sealed class ContextAnalysis
{
    /// <summary>Overrides the frontend in the file.</summary>
    private const string SyntaxArgument = "BUILDKIT_SYNTAX";

    private readonly Dockerfile dockerfile;
    private readonly IReadOnlyDictionary<string, string> args;
    private readonly SortedDictionary<string, ContextPattern> sources = new(StringComparer.Ordinal);
    private readonly List<Widening> widenings = [];
    private readonly HashSet<ContextAccess> reads = [];

    private ContextAnalysis(Dockerfile dockerfile, IReadOnlyDictionary<string, string> args)
    {
        this.dockerfile = dockerfile;
        this.args = args;
    }

    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="target">The stage to build; null for the last.</param>
    /// <param name="args">Build arguments.</param>
    /// <param name="platforms">The platforms to build; the result covers all of them.</param>
    /// <param name="contexts">Named build contexts.</param>
    /// <param name="hasOnBuild">
    /// Whether an image's configuration has <c>ONBUILD</c> instructions; null if that is unknown.
    /// </param>
    /// <param name="environmentOf">The variables that an image sets; null if they are unknown.</param>
    /// <exception cref="FormatException">There is no such target, or a quote or a brace does not end.</exception>
    public static Narrowing Of(
        Dockerfile dockerfile,
        string? target,
        IReadOnlyDictionary<string, string> args,
        IReadOnlyList<Platform> platforms,
        IReadOnlyDictionary<string, string> contexts,
        Func<string, bool?> hasOnBuild,
        Func<string, IReadOnlyDictionary<string, string?>?> environmentOf
    )
    {
        var syntax = args.GetValueOrDefault(SyntaxArgument) ?? dockerfile.Syntax;
        if (dockerfile.Stages.Count == 0 || (syntax is not null && !DockerfileReader.IsDockerFrontend(syntax)))
        {
            return Narrowing.Whole(
                args.ContainsKey(SyntaxArgument) ? null : 1,
                $"the frontend {syntax} reads the file, and what else it likes"
            );
        }

        var analysis = new ContextAnalysis(dockerfile, args);
        foreach (var platform in platforms)
        {
            var global = GlobalArguments.Of(dockerfile, target, args, platform);
            var reach = StageGraph.From(dockerfile, dockerfile.GetTarget(target), global, contexts);
            analysis.ReadBases(reach, hasOnBuild);
            analysis.ReadStages(reach, global, environmentOf);
        }

        return analysis.Result();
    }

    /// <summary>A line that certainly reads everything is reported before one that might: no pin would change it.</summary>
    private Narrowing Result() =>
        widenings.OrderBy(one => one.IsSure ? 0 : 1).ThenBy(one => one.Line).FirstOrDefault() is { } first
            ? Narrowing.Whole(first.Line, first.Reason) with
            {
                Reads = [.. reads],
                UnseenBase = first.UnseenBase,
            }
            : new Narrowing(new ReadablePaths([.. sources.Values]), null, null) { Reads = [.. reads] };

    private void ReadBases(Reach reach, Func<string, bool?> hasOnBuild)
    {
        foreach (var (reference, line) in reach.References)
        {
            var isPresent = hasOnBuild(reference);
            if (isPresent != false)
            {
                widenings.Add(
                    new Widening(
                        line,
                        isPresent is null
                            ? $"whether {reference} holds ONBUILD instructions is not known: pin it with 'lading bases update'"
                            : $"{reference} holds ONBUILD instructions, which may read anything",
                        UnseenBase: isPresent is null && ImageReference.TryParse(reference, out _) ? reference : null
                    )
                );
            }
        }
    }

    private void ReadStages(
        Reach reach,
        IReadOnlyDictionary<string, Substitution> global,
        Func<string, IReadOnlyDictionary<string, string?>?> environmentOf
    )
    {
        var ends = new Dictionary<int, StageVariables>();
        foreach (var index in reach.Stages)
        {
            var variables = !reach.Parents.TryGetValue(index, out var parent)
                ? reach.Images.TryGetValue(index, out var image) && environmentOf(image) is { } env
                    ? StageVariables.OnImage(dockerfile.Escape, env)
                    : StageVariables.OnImage(dockerfile.Escape)
                : parent == Reach.Scratch
                    ? StageVariables.OnScratch(dockerfile.Escape)
                    : ends[parent].Next();
            foreach (var instruction in dockerfile.Stages[index].Instructions)
            {
                try
                {
                    Read(instruction, variables, global);
                }
                catch (FormatException e)
                {
                    widenings.Add(
                        new Widening(instruction.Line, $"{instruction.Keyword} is not understood: {e.Message}")
                    );
                    variables.Forget();
                }
            }

            ends[index] = variables;
        }
    }

    private void Read(
        Instruction instruction,
        StageVariables variables,
        IReadOnlyDictionary<string, Substitution> global
    )
    {
        switch (instruction.Keyword)
        {
            case "ENV":
                variables.Set(instruction);
                break;
            case "ARG":
                variables.Declare(instruction, args, global);
                break;
            case "ONBUILD":
                // It runs in stages based on this one, with their variables.
                var triggered = instruction.Triggered();
                ReadFiles(triggered, StageVariables.OnImage(dockerfile.Escape), isHere: false);
                if (triggered.Keyword is "ARG" or "ENV")
                {
                    variables.ForgetNext();
                }

                break;
            default:
                ReadFiles(instruction, variables, isHere: true);
                break;
        }
    }

    private void ReadFiles(Instruction instruction, StageVariables variables, bool isHere)
    {
        var read = InstructionAccess.Of(instruction, dockerfile.Escape, variables);
        if (read.Reason is not null)
        {
            widenings.Add(new Widening(instruction.Line, $"{instruction.Keyword} {read.Reason}", read.ReadsAll));
        }

        if (read.ReadsAll && isHere)
        {
            reads.Add(new ContextAccess(instruction.Line, instruction.Keyword, "."));
        }

        foreach (var path in read.Paths)
        {
            var source = ContextPattern.Parse(path);
            sources[source.Key] = source;
            if (isHere)
            {
                reads.Add(
                    new ContextAccess(instruction.Line, instruction.Keyword, path)
                    {
                        Unset = read.Unset.GetValueOrDefault(path),
                    }
                );
            }
        }
    }

    private sealed record Widening(int Line, string Reason, bool IsSure = false, string? UnseenBase = null);
}
