using Lading.Processes;

namespace Lading.Engines;

/// <summary>A container engine, run by its command line. A further one is a further description.</summary>
internal abstract class Engine(string program)
{
    /// <summary>What people call it: the name of the program.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Program);

    /// <summary>Its name on the PATH, or its path.</summary>
    public string Program { get; } = program;

    /// <summary>Whether it answers: the server behind a client as well.</summary>
    /// <returns>Null where it does, else what it said.</returns>
    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await ProgramRunner
                .RunAsync(new ProgramCall(Program, Probe), ReadOnlyMemory<byte>.Empty, cancellationToken)
                .ConfigureAwait(false);
            return result.ExitCode == 0 ? null : FirstLine(result.Error, result.Text);
        }
        catch (ProgramNotFoundException)
        {
            return "not installed";
        }
    }

    /// <summary>Builds one image for one platform.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="lines">Told each line that the engine writes.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="LadingException">It failed; the message has all that the engine wrote.</exception>
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
        }
    }

    /// <summary>Arguments of a call that succeeds where the engine can build.</summary>
    protected abstract IReadOnlyList<string> Probe { get; }

    /// <summary>The form of the result.</summary>
    protected abstract BuiltForm Form { get; }

    /// <summary>The calls that build an image under a temporary name and hand it out; what they need beside is made ready.</summary>
    protected abstract Task<IReadOnlyList<ProgramCall>> PrepareAsync(
        BuildRequest request,
        string name,
        CancellationToken cancellationToken
    );

    /// <summary>The arguments that all engines have in common.</summary>
    protected static IEnumerable<string> CommonArguments(BuildRequest request)
    {
        foreach (var (key, value) in request.Args)
        {
            yield return "--build-arg";
            yield return $"{key}={value}";
        }

        foreach (var (id, secret) in request.Secrets)
        {
            yield return "--secret";
            yield return secret.Environment is { } variable ? $"id={id},env={variable}" : $"id={id},src={secret.File}";
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
            .RunAsync(WithoutOwnInputs(call), output, cancellationToken)
            .ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new LadingException(
                $"Could not build image {request.Image} for {request.Platform} with {Name}",
                $"'{call.Program} {call.Arguments[0]}' ended with exit code {exitCode}{output.AsBlock()}"
            );
        }
    }

    /// <summary>Without the variables that builders make arguments and labels of by themselves: what is built is what counts.</summary>
    private static ProgramCall WithoutOwnInputs(ProgramCall call) =>
        call with
        {
            Environment = new Dictionary<string, string?>(call.Environment, StringComparer.Ordinal)
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
                .RunAsync(new ProgramCall(Program, "rmi", name), ReadOnlyMemory<byte>.Empty, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (ProgramNotFoundException)
        {
            // Then there is nothing to remove either.
        }
    }

    private static string FirstLine(params IReadOnlyList<string> texts) =>
        texts.FirstOrDefault(text => text.Trim().Length > 0)?.Trim().Split('\n')[0] ?? "no answer";
}
