using Lading.Checking.Templates;
using Lading.Projects;
using Lading.Shipping;

namespace Lading.Deploying;

/// <summary>The assembly to deploy: an existing one, or the one that the app writes.</summary>
/// <param name="workspace">The project, and a temporary folder.</param>
/// <param name="request">What to deploy.</param>
/// <param name="callsWith">Creates the calls of cdk for an app that reads a given lock.</param>
/// <param name="folder">The folder of <c>cdk.json</c>.</param>
internal sealed class DeployedAssembly(
    Workspace workspace,
    DeployRequest request,
    Func<string, CdkCalls> callsWith,
    string folder
)
{
    private Project Project => workspace.Project;

    /// <summary>The folder of an existing assembly; null if the app writes one.</summary>
    private string? Given =>
        request.Cdk.App is { } app && Directory.Exists(Path.GetFullPath(app, folder))
            ? Path.GetFullPath(app, folder)
            : null;

    private string Output =>
        request.Cdk.Output is { } named ? Path.GetFullPath(named, folder)
        : request.IsDry ? Path.Combine(workspace.Path, "cdk.out")
        : Path.Combine(folder, "cdk.out");

    /// <summary>
    /// Ensures, before anything is published, that the named stacks exist and may be deployed. The previous assembly has most names; if
    /// it does not, the app is synthesized with placeholder digests.
    /// </summary>
    /// <exception cref="LadingException">A name matches no stack, or one that may not be deployed to the environment.</exception>
    public async Task RequireStacksAsync(CancellationToken cancellationToken)
    {
        if (Given is { } given)
        {
            _ = Select(CloudAssembly.Read(given));
            return;
        }

        if (request.Stacks.Count == 0 || IsKnown(Path.Combine(folder, "cdk.out")))
        {
            return;
        }

        var lockPath = Locks.LockPath.In(Path.Combine(workspace.Path, "names"), Project.Environment.Name);
        await new LockPreview(workspace)
            .WriteAsync(request.Publication.Sources, lockPath, cancellationToken)
            .ConfigureAwait(false);
        var output = Path.Combine(workspace.Path, "names", "cdk.out");
        await callsWith(lockPath).SynthesizeAsync(output, [], cancellationToken).ConfigureAwait(false);
        _ = Select(CloudAssembly.Read(output));
    }

    /// <summary>The folder of the assembly.</summary>
    /// <exception cref="LadingException">The app failed, or has no stack with a given name.</exception>
    public async Task<string> AssembleAsync(CdkCalls calls, CancellationToken cancellationToken)
    {
        if (Given is { } given)
        {
            return given;
        }

        var began = workspace.Time.GetUtcNow().UtcDateTime;
        try
        {
            await calls.SynthesizeAsync(Output, request.Stacks, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException)
            when (request.Stacks.Count > 0 && File.GetLastWriteTimeUtc(Path.Combine(Output, "manifest.json")) >= began)
        {
            // The app succeeded, so the name of a stack is unknown. Unlike cdk's message, this error lists the existing
            // names.
            _ = Select(CloudAssembly.Read(Output));
            throw;
        }

        return Output;
    }

    /// <summary>The stacks to deploy.</summary>
    /// <exception cref="LadingException">They are ambiguous, or one may not be deployed to the environment.</exception>
    public StackSelection Select(CloudAssembly assembly) =>
        StackSelection.Of(
            assembly.Stacks,
            request.Stacks,
            Project.Environment,
            Project.Configuration.Environments.Values,
            request.Cdk.IsExclusive
        );

    /// <summary>Whether a previous assembly has all named stacks.</summary>
    private bool IsKnown(string output)
    {
        try
        {
            _ = Select(CloudAssembly.Read(output));
            return true;
        }
        catch (LadingException)
        {
            // There is none, or it is outdated.
            return false;
        }
    }
}
