using System.CommandLine;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Explaining;

namespace Lading.Cli.Commands;

/// <summary><c>lading why</c>: shows the inputs of an image, or how they differ from earlier ones.</summary>
internal static class WhyCommand
{
    public static Command Create(VerbContext context)
    {
        var image = new Argument<string?>("image")
        {
            Description = "The name of an image in lading.json.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var from = new Option<string?>("--from")
        {
            Description =
                "Show what differs from this: a revision, an environment, 'lock' (what the lock of --env has), or repository@digest.",
            HelpName = "rev",
        };
        var to = new Option<string?>("--to", "--rev")
        {
            Description = "Use the image at this revision (as for --from) instead of the working tree.",
            HelpName = "rev",
        };
        var published = new Option<string?>("--image")
        {
            Description =
                "Show the inputs of a published image: repository@digest, in the registry of --env unless it has a host.",
            HelpName = "repository@digest",
        };
        var files = new Option<bool>("--files") { Description = "List each file." };
        var kept = new Option<string?>("--kept")
        {
            Description = "Show why 'prune' keeps an image in the registry of --env: repository@digest.",
            HelpName = "repository@digest",
        };
        var retention = new RetentionOptions();
        var command = new Command(
            "why",
            "Shows the inputs of an image, or with --from those that differ, and the commits that changed them."
        );
        command.Arguments.Add(image);
        command.Options.Add(from);
        command.Options.Add(to);
        command.Options.Add(published);
        command.Options.Add(files);
        command.Options.Add(kept);
        retention.AddTo(command);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                invocation.Value(kept) is { } keptImage
                    ? WhyKept.ShowAsync(
                        invocation,
                        keptImage,
                        (
                            invocation.Value(image)
                            ?? invocation.Value(from)
                            ?? invocation.Value(to)
                            ?? invocation.Value(published)
                        )
                            is not null,
                        retention,
                        cancellationToken
                    )
                    : RunAsync(
                        invocation,
                        new ExplanationRequest(
                            invocation.Value(image),
                            invocation.Value(from),
                            invocation.Value(to),
                            invocation.Value(published),
                            invocation.Value(files) || invocation.Verbose
                        ),
                        cancellationToken
                    )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        ExplanationRequest explanation,
        CancellationToken cancellationToken
    )
    {
        if (!explanation.IsValid)
        {
            throw explanation.Fault(await FindExampleAsync(invocation, cancellationToken).ConfigureAwait(false));
        }

        if (explanation.Published is { } published)
        {
            var found = await ReadAsync(invocation, published, cancellationToken).ConfigureAwait(false);
            new ProvenanceScreen(found, explanation.WithFiles).Show(invocation);
            return 0;
        }

        using var workspace = await invocation.OpenWorkspaceAsync(cancellationToken).ConfigureAwait(false);
        var result = await new Explanation(workspace, explanation.Image!)
            .RunAsync(explanation.From, explanation.To, cancellationToken)
            .ConfigureAwait(false);
        foreach (var submodule in result.OpenSubmodules)
        {
            invocation.Terminal.Warn(
                $"the submodule {submodule} has uncommitted changes, which do not count: a submodule counts by its commit."
            );
        }

        if (result.Comparison is { } comparison)
        {
            new DifferenceScreen(comparison.Before, result.Image, comparison.Difference, comparison.History).Show(
                invocation
            );
        }
        else
        {
            new ProvenanceScreen(result.Image, explanation.WithFiles).Show(invocation);
        }

        return 0;
    }

    /// <summary>The first image of the project; a placeholder if it has none.</summary>
    private static async Task<string> FindExampleAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        IEnumerable<string> images = ConfigurationFile.Find(invocation.Host.WorkingDirectory) is { } file
            ? (await file.ReadAsync(cancellationToken).ConfigureAwait(false)).Images.Keys
            : [];
        return images.FirstOrDefault() ?? "IMAGE";
    }

    private static async Task<ExplainedImage> ReadAsync(
        Invocation invocation,
        string published,
        CancellationToken cancellationToken
    )
    {
        var project = PublishedProvenance.IsOfEnvironment(published)
            ? await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false)
            : null;
        using var registries = invocation.OpenRegistries(project);
        return await new PublishedProvenance(registries, project)
            .GetAsync(published, cancellationToken)
            .ConfigureAwait(false);
    }
}
