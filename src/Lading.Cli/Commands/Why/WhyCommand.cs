using System.CommandLine;
using Lading.Cli.Output;
using Lading.Explaining;

namespace Lading.Cli.Commands.Why;

/// <summary><c>lading why</c>: what the fingerprint of an image is made of, and in what it differs from what it was.</summary>
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
                "Say in what the image differs from this: a revision, an environment's name or 'lock' (what its lock has), or repository@digest.",
            HelpName = "rev",
        };
        var to = new Option<string?>("--to", "--rev")
        {
            Description = "The image at this, instead of as it is in the working tree; as --from.",
            HelpName = "rev",
        };
        var published = new Option<string?>("--image")
        {
            Description =
                "Read what a published image was made from: repository@digest, with a registry's host in front or in that of --env.",
            HelpName = "repository@digest",
        };
        var files = new Option<bool>("--files") { Description = "List each file." };
        var command = new Command(
            "why",
            "Shows what an image's identity is made of, or which inputs differ between two revisions, with the commits behind them."
        );
        command.Arguments.Add(image);
        command.Options.Add(from);
        command.Options.Add(to);
        command.Options.Add(published);
        command.Options.Add(files);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(
                    invocation,
                    new WhyQuestion(
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
        WhyQuestion question,
        CancellationToken cancellationToken
    )
    {
        question.Check();
        if (question is { Published: { } published })
        {
            using var places = new PublishedProvenance(invocation);
            var found = await places.GetAsync(published, cancellationToken).ConfigureAwait(false);
            new ProvenanceScreen(found, question.WithFiles).Show(invocation);
            return 0;
        }

        using var sides = await WhySides.OpenAsync(invocation, question, cancellationToken).ConfigureAwait(false);
        var now = await sides.GetAsync(question.To, cancellationToken).ConfigureAwait(false);
        if (question.From is not { } origin)
        {
            new ProvenanceScreen(now, question.WithFiles).Show(invocation);
            return 0;
        }

        var then = await sides.GetAsync(origin, cancellationToken).ConfigureAwait(false);
        var difference = ImageDifference.Between(then.Inputs, now.Inputs);
        var history = await sides.HistoryAsync(then, now, difference, cancellationToken).ConfigureAwait(false);
        new DifferenceScreen(then, now, difference, history).Show(invocation);
        return 0;
    }
}
