using System.CommandLine;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Cli.Commands;

/// <summary><c>lading keep</c>: keeps an image from clean-up until a day, or stops keeping it.</summary>
internal static class KeepCommand
{
    private const string Example = "Write 'lading keep web@sha256:… --until 2027-03-31 --reason \"…\"'.";

    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "keep",
            "Keeps an image from 'lading prune' until a day, or ends that. Changes only lading.json."
        );
        var image = new Argument<string>("image@digest")
        {
            Description = "An image of lading.json, or a repository, and the digest: web@sha256:….",
        };
        var until = new Option<string?>("--until")
        {
            Description = "The last day, in UTC: 2027-03-31.",
            HelpName = "date",
        };
        var reason = new Option<string?>("--reason")
        {
            Description = "Why, for the next reader of lading.json.",
            HelpName = "text",
        };
        var end = new Option<bool>("--end") { Description = "Keep it no longer." };
        command.Arguments.Add(image);
        command.Options.Add(until);
        command.Options.Add(reason);
        command.Options.Add(end);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(
                    invocation,
                    new Request(
                        invocation.Value(image)!,
                        invocation.Value(until),
                        invocation.Value(reason)?.Trim(),
                        invocation.Value(end)
                    ),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, Request request, CancellationToken cancellationToken)
    {
        var file = ConfigurationFile.Get(invocation.Host.WorkingDirectory);
        var configuration = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (
            RetentionReader.ReadImage(request.Image, configuration.Images, out var repository, out var digest) is
            { } problem
        )
        {
            throw LadingException.Usage(
                $"Could not {(request.End ? "end keeping" : "keep")} '{request.Image}'",
                "it names no image and digest",
                problem
            );
        }

        var kept = request.KeptImage(repository, digest, invocation.Host.Time.GetUtcNow());
        var changed = await file.ChangeAsync(
                json => KeepEdit.Set(json, file.DisplayPath, request.Image, kept, repository, digest),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (invocation.Json)
        {
            invocation.Terminal.Result(KeepDocument.Of(repository, digest, kept, changed));
            return 0;
        }

        invocation.Terminal.Result(Line(request, digest, kept, changed));
        if (changed)
        {
            invocation.Terminal.Narrate(
                kept is null
                    ? $"  Review the change of {file.DisplayPath} and commit it."
                    : $"  Review the change of {file.DisplayPath} and commit it. The same with --end ends it."
            );
        }
        else if (kept is not null)
        {
            invocation.Terminal.Narrate($"  {file.DisplayPath} said so already.");
        }

        return 0;
    }

    private static string Line(Request request, Digest digest, KeptImage? kept, bool changed)
    {
        var name = $"{request.Image[..request.Image.IndexOf('@', StringComparison.Ordinal)]}@{digest.Short}";
        return kept is not null ? $"  {name} is kept until {RetentionReader.DayText(kept.Until)}"
            : changed ? $"  {name} is no longer kept by name"
            : $"  {name} is not kept by name";
    }

    /// <summary>The request.</summary>
    private sealed record Request(string Image, string? Until, string? Reason, bool End)
    {
        /// <summary>The new entry of lading.json; null to remove it.</summary>
        public KeptImage? KeptImage(RepositoryName repository, Digest digest, DateTimeOffset now)
        {
            if (End)
            {
                return Until is null && Reason is null
                    ? null
                    : throw Refused("--end ends it now", "Leave out --until and --reason.");
            }

            if (Until is null || string.IsNullOrEmpty(Reason))
            {
                throw Refused(
                    Until is null ? "it has no --until" : "it has no --reason",
                    $"Nothing is kept without an end and a reason. {Example}"
                );
            }

            if (!RetentionReader.TryParseDay(Until, out var day))
            {
                throw Refused($"--until is '{Until}'", $"Expected {RetentionReader.DateExample}.");
            }

            return day >= DateOnly.FromDateTime(now.UtcDateTime)
                ? new KeptImage(repository, digest, day, Reason)
                : throw Refused($"{Until} is over", "Name a day to come.");
        }

        private LadingException Refused(string cameBack, string remedy) =>
            LadingException.Usage($"Could not keep '{Image}'", cameBack, remedy);
    }
}
