namespace Lading.Context.Dockerfiles;

/// <summary>The variables of a stage at an instruction, as far as the Dockerfile alone defines them.</summary>
internal sealed class StageVariables
{
    /// <summary>Variables that engines set, each in its own way.</summary>
    private static readonly string[] EngineVariables = ["PATH", "HOME", "HOSTNAME", "container", "TARGETSTAGE"];

    private readonly Dictionary<string, Substitution> environment;
    private readonly Dictionary<string, Substitution> arguments = new(StringComparer.Ordinal);
    private readonly HashSet<string> inherited = new(StringComparer.Ordinal);
    private readonly char escape;
    private bool isComplete;
    private bool isNextComplete = true;

    private StageVariables(Dictionary<string, Substitution> environment, bool isComplete, char escape)
    {
        this.environment = environment;
        this.isComplete = isComplete;
        this.escape = escape;
    }

    /// <summary>For a stage based on <c>scratch</c>.</summary>
    public static StageVariables OnScratch(char escape) => new(new(StringComparer.Ordinal), isComplete: true, escape);

    /// <summary>For a stage based on an image, which may set any variable.</summary>
    public static StageVariables OnImage(char escape) => new(new(StringComparer.Ordinal), isComplete: false, escape);

    /// <summary>For a stage based on an image with known variables; null for an unknown value.</summary>
    public static StageVariables OnImage(char escape, IReadOnlyDictionary<string, string?> env) =>
        new(
            env.ToDictionary(
                pair => pair.Key,
                pair => pair.Value is { } value ? new Substitution(value) : Substitution.Unknown,
                StringComparer.Ordinal
            ),
            isComplete: true,
            escape
        );

    /// <summary>The environment for a stage based on this one. Engines differ about whether it sees arguments as well.</summary>
    public StageVariables Next()
    {
        var next = new StageVariables(new(environment, StringComparer.Ordinal), isComplete, escape);
        next.inherited.UnionWith(inherited);
        next.inherited.UnionWith(arguments.Keys);
        if (!isNextComplete)
        {
            next.Forget();
        }

        return next;
    }

    /// <summary>The value of a variable; unknown if something other than the Dockerfile and its arguments may set it.</summary>
    public Substitution Find(string name)
    {
        if (inherited.Contains(name))
        {
            return Substitution.Unknown;
        }

        if (environment.TryGetValue(name, out var set))
        {
            // Engines differ about which of the two wins.
            return !arguments.TryGetValue(name, out var given) || given == set ? set : Substitution.Unknown;
        }

        return !isComplete || EngineVariables.Contains(name, StringComparer.Ordinal) || IgnoredArguments.Contains(name)
            ? Substitution.Unknown
            : arguments.GetValueOrDefault(name, Substitution.Unset);
    }

    /// <summary>True for a declared argument that certainly has no value.</summary>
    public bool IsUnsetArgument(string name) =>
        arguments.ContainsKey(name) && Find(name) is { IsKnown: true, IsSet: false };

    /// <summary>Applies <c>ENV</c>: <c>ENV a=1 b=2</c>, or <c>ENV a 1</c>.</summary>
    /// <exception cref="FormatException">A quote or a brace does not end.</exception>
    public void Set(Instruction env)
    {
        var words = ShellWords.Split(env.Arguments, escape);
        var pairs =
            words.Count > 0 && words[0].Contains('=', StringComparison.Ordinal)
                ? words.Select(word => word.Split('=', 2))
                : [env.Arguments.Split([' ', '\t'], 2, StringSplitOptions.TrimEntries)];
        var values = pairs.Select(pair => (Name: pair[0], Value: Apply(pair.Length > 1 ? pair[1] : ""))).ToList();
        foreach (var (name, value) in values)
        {
            if (IsName(name))
            {
                environment[name] = value;
            }
            else
            {
                Forget();
            }
        }
    }

    /// <summary>Applies <c>ARG</c>.</summary>
    /// <param name="arg">The instruction.</param>
    /// <param name="given">The values of <c>--build-arg</c>.</param>
    /// <param name="global">The values of <c>ARG</c> before the first <c>FROM</c> and of the platform.</param>
    /// <exception cref="FormatException">A quote or a brace does not end.</exception>
    public void Declare(
        Instruction arg,
        IReadOnlyDictionary<string, string> given,
        IReadOnlyDictionary<string, Substitution> global
    )
    {
        var before = new StageVariables(environment, isComplete, escape);
        before.inherited.UnionWith(inherited);
        foreach (var (name, value) in arguments)
        {
            before.arguments.Add(name, value);
        }

        foreach (var pair in ShellWords.Split(arg.Arguments, escape).Select(word => word.Split('=', 2)))
        {
            var name = pair[0];
            if (!IsName(name))
            {
                Forget();
            }
            else if (given.TryGetValue(name, out var value))
            {
                arguments[name] = new(value);
            }
            else if (pair.Length > 1)
            {
                // Engines differ about whether a default sees earlier arguments of the same instruction.
                var (now, then) = (Apply(pair[1]), before.Apply(pair[1]));
                arguments[name] = now == then ? now : Substitution.Unknown;
            }
            else
            {
                arguments[name] = global.GetValueOrDefault(name, Substitution.Unset);
            }
        }
    }

    /// <summary>A word with its variables replaced.</summary>
    /// <exception cref="FormatException">A quote or a brace does not end.</exception>
    public Substitution Apply(string word) => Substitution.Apply(word, escape, Find);

    /// <summary>From here on any variable may have been set.</summary>
    public void Forget()
    {
        isComplete = false;
        environment.Clear();
    }

    /// <summary>In stages based on this one any variable may have been set: <c>ONBUILD ENV</c>, <c>ONBUILD ARG</c>.</summary>
    public void ForgetNext() => isNextComplete = false;

    private static bool IsName(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
