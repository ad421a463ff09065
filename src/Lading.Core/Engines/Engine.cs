using Lading.Processes;

namespace Lading.Engines;

/// <summary>A container engine, run through its command line. Each engine is a description of its calls.</summary>
internal abstract class Engine(string program)
{
    private const int MaxReasonLength = 300;
    private readonly List<string> temporary = [];

    /// <summary>Its display name: the name of the program.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Program);

    /// <summary>Its name on the PATH, or its path.</summary>
    public string Program { get; } = program;

    /// <summary>The time limit for a query. A daemon that hangs, or an unreachable host, never answers.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time limit for removing a temporary image, which may be large.</summary>
    public TimeSpan RemovalLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Checks whether the engine answers, including the server behind a client.</summary>
    /// <returns>Null if it does, otherwise its message.</returns>
    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await AskAsync(cancellationToken, Probe).ConfigureAwait(false);
            return result.ExitCode == 0 ? null : FirstLine(result.Error, result.Text);
        }
        catch (ProgramNotFoundException)
        {
            return "not installed";
        }
        catch (ProgramTimeoutException e)
        {
            return e.Message;
        }
    }

    /// <summary>Builds one image for one platform; one call at a time.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="lines">Receives each line of the engine's output.</param>
    /// <param name="cancellationToken">Cancels the build.</param>
    /// <exception cref="LadingException">It failed; the message ends with the engine's last output.</exception>
    public async Task<BuiltOutput> BuildAsync(
        BuildRequest request,
        IProgress<string> lines,
        CancellationToken cancellationToken
    )
    {
        var name = $"localhost/lading-build:{Guid.NewGuid():N}";
        try
        {
            foreach (var call in await PrepareAsync(request, name, cancellationToken).ConfigureAwait(false))
            {
                await RunAsync(request, call, lines, cancellationToken).ConfigureAwait(false);
            }

            return new BuiltOutput(request.Output, Form);
        }
        finally
        {
            // Also after a failure or Ctrl-C: the name is ours, and nobody else would remove it.
            await RemoveAsync(name).ConfigureAwait(false);
            temporary.ForEach(folder => Directory.Delete(folder, recursive: true));
            temporary.Clear();
        }
    }

    /// <summary>Arguments of a call that succeeds if the engine can build.</summary>
    protected abstract IReadOnlyList<string> Probe { get; }

    /// <summary>The format of the result.</summary>
    protected abstract BuiltForm Form { get; }

    /// <summary>The calls that build an image under a temporary name and export it; anything else they need is prepared first.</summary>
    protected abstract Task<IReadOnlyList<ProgramCall>> PrepareAsync(
        BuildRequest request,
        string name,
        CancellationToken cancellationToken
    );

    /// <summary>The value of <c>--secret</c>.</summary>
    /// <remarks>BuildKit's client parses the fields as CSV (RFC 4180): one with a comma or a quote is quoted.</remarks>
    protected virtual string SecretArgument(BuildRequest request, string id, SecretLocation secret) =>
        $"id={id},{CsvField(secret.Environment is { } variable ? $"env={variable}" : $"src={secret.File}")}";

    /// <summary>A folder that is removed after the build.</summary>
    protected string NewTemporaryFolder()
    {
        var folder = TemporaryFolder.Create("build").FullName;
        temporary.Add(folder);
        return folder;
    }

    /// <summary>Runs a query of the engine.</summary>
    /// <exception cref="ProgramNotFoundException">The program does not exist.</exception>
    /// <exception cref="ProgramTimeoutException">It did not answer.</exception>
    protected Task<ProgramResult> AskAsync(
        CancellationToken cancellationToken,
        params IReadOnlyList<string> arguments
    ) =>
        ProgramRunner.RunAsync(
            new ProgramCall(Program, arguments) { TimeLimit = AnswerLimit },
            ReadOnlyMemory<byte>.Empty,
            cancellationToken
        );

    /// <summary>The arguments that all engines share.</summary>
    protected IEnumerable<string> CommonArguments(BuildRequest request)
    {
        foreach (var (key, value) in request.Args)
        {
            yield return "--build-arg";
            yield return $"{key}={value}";
        }

        foreach (var (id, secret) in request.Secrets)
        {
            yield return "--secret";
            yield return SecretArgument(request, id, secret);
        }

        foreach (var id in request.Ssh)
        {
            yield return "--ssh";
            yield return id;
        }

        foreach (var (contextName, source) in request.Contexts)
        {
            yield return "--build-context";
            yield return $"{contextName}={source}";
        }

        if (request.Target is { } target)
        {
            yield return "--target";
            yield return target;
        }

        foreach (var option in request.Options)
        {
            yield return option;
        }

        yield return "--platform";
        yield return request.Platform.ToString();
        yield return "--file";
        yield return request.Dockerfile;
    }

    private async Task RunAsync(
        BuildRequest request,
        ProgramCall call,
        IProgress<string> lines,
        CancellationToken cancellationToken
    )
    {
        var output = new OutputRecord(lines);
        var exitCode = await ProgramRunner
            .RunAsync(WithVariables(request, call), output, output.Errors, cancellationToken)
            .ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new LadingException(
                $"Could not build image {request.Image} for {request.Platform} with {Name}",
                $"'{call.Program} {call.Arguments[0]}' ended with exit code {exitCode}{output.AsBlock()}"
            );
        }
    }

    /// <summary>With the request's variables, and without those that builders turn into arguments and labels: only declared inputs count.</summary>
    private static ProgramCall WithVariables(BuildRequest request, ProgramCall call) =>
        call with
        {
            Environment = new Dictionary<string, string?>(
                request.Variables.Concat(call.Environment),
                StringComparer.Ordinal
            )
            {
                ["SOURCE_DATE_EPOCH"] = null,
                ["BUILDX_GIT_LABELS"] = null,
            },
        };

    private async Task RemoveAsync(string name)
    {
        try
        {
            _ = await ProgramRunner
                .RunAsync(
                    new ProgramCall(Program, "rmi", name) { TimeLimit = RemovalLimit },
                    ReadOnlyMemory<byte>.Empty,
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is ProgramNotFoundException or ProgramTimeoutException)
        {
            // A remaining name does no harm: no build uses it again, and the engine's own pruning removes it.
        }
    }

    private static string FirstLine(params IReadOnlyList<string> texts)
    {
        var line = texts.FirstOrDefault(text => text.Trim().Length > 0)?.Trim().Split('\n')[0] ?? "no answer";
        return line.Length <= MaxReasonLength ? line : line[..MaxReasonLength] + "…";
    }

    private static string CsvField(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
