using Lading.Apps;
using Lading.Locks;
using Lading.Processes;

namespace Lading.Launching;

/// <summary>The environment of an app's process: the environment and lock for its constructs, and the images in its context.</summary>
internal sealed class AppProcess : IDisposable
{
    private readonly DirectoryInfo? contextFolder;

    private AppProcess(IReadOnlyDictionary<string, string?> variables, DirectoryInfo? folder)
    {
        Variables = variables;
        contextFolder = folder;
    }

    /// <summary>The variables to set for the app.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>Prepares the process.</summary>
    /// <param name="document">The document for the app.</param>
    /// <param name="content">The lock of its environment.</param>
    /// <param name="registry">The host of the registry in templates; null for none.</param>
    /// <param name="context">The app's own context.</param>
    /// <param name="maxSize">The maximum size of the variable with the context, in bytes.</param>
    public static AppProcess Prepare(
        AppDocument document,
        ImageLock content,
        string? registry,
        CdkContext context,
        int maxSize
    )
    {
        var passed = context
            .With(ImageAddresses.Key, ImageAddresses.Of(content, registry), maxSize)
            .With(AppDocument.Key, AppDocumentWriter.Write(document), maxSize);
        var environment = content.Environment;
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [CdkVariables.Environment] = environment,
            [CdkVariables.Lock] = document.Environments[environment].Lock,
            [CdkVariables.Context] = passed.Variable,
        };
        if (passed.File is not { } json)
        {
            return new AppProcess(variables, null);
        }

        // Not in the CLI's own file, which the CLI removes and others may read.
        var folder = TemporaryFolder.Create("context");
        var path = Path.Combine(folder.FullName, "context.json");
        File.WriteAllText(path, json);
        variables[CdkVariables.ContextFile] = path;
        return new AppProcess(variables, folder);
    }

    /// <summary>Reads the context from the CDK CLI; empty if there is none.</summary>
    /// <exception cref="LadingException">It names a file that cannot be read.</exception>
    public static CdkContext ReadContext(Func<string, string?> variable)
    {
        var file = variable(CdkVariables.ContextFile);
        try
        {
            return new CdkContext(variable(CdkVariables.Context) ?? "{}", file is null ? null : File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LadingException(
                "Could not read the context of the app",
                $"{CdkVariables.ContextFile} names {file}: {e.Message}",
                "It is the CDK command line's to write: start the app with cdk.",
                innerException: e
            );
        }
    }

    /// <summary>Starts the app.</summary>
    /// <returns>The app's exit code.</returns>
    /// <exception cref="LadingException">The program does not exist.</exception>
    public async Task<int> StartAsync(IReadOnlyList<string> app, string folder, CancellationToken cancellationToken)
    {
        var call = new ProgramCall(app[0], [.. app.Skip(1)]) { WorkingDirectory = folder, Environment = Variables };
        try
        {
            return await AttachedProgram.RunAsync(call, output: null, cancellationToken).ConfigureAwait(false);
        }
        catch (ProgramNotFoundException e)
        {
            throw LadingException.Usage(
                $"Could not start the app {call}",
                $"the program {e.Program} was not found",
                "Correct \"app\" in cdk.json; what needs a shell is written as: lading run -- sh -c \"…\""
            );
        }
    }

    public void Dispose() => contextFolder?.Delete(recursive: true);
}
