using System.CommandLine;
using System.Globalization;
using Lading.Configuration;
using Lading.Retention;

namespace Lading.Cli.Commands;

/// <summary>The options for carrying out a plan of <c>prune</c>.</summary>
internal sealed class ApplyOptions
{
    private readonly Option<bool> apply = new("--apply")
    {
        Description =
            "Act: mark what may go, and delete what was marked long enough ago; in an embedded registry, delete it. Asks first.",
    };

    private readonly Option<bool> yes = new("--yes", "-y")
    {
        Description = "Do not ask. Needed where nobody can answer, as in CI.",
    };

    private readonly Option<int?> grace = new("--grace")
    {
        Description = "For how many days a mark waits. Default: \"graceDays\" of lading.json, else 7.",
        HelpName = "days",
    };

    private readonly Option<bool> archive = new("--archive")
    {
        Description =
            "Archive what would be deleted. It cannot be pulled from then on until it is restored, and ECR bills 90 days at least.",
    };

    public ApplyOptions() =>
        grace.Validators.Add(result =>
        {
            if (
                result.Tokens is [{ Value: var text }]
                && !(
                    int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days)
                    && days is >= 1 and <= RetentionReader.MostDays
                )
            )
            {
                result.AddError($"--grace takes a number of days from 1 to {RetentionReader.MostDays}, not '{text}'.");
            }
        });

    public void AddTo(Command command)
    {
        command.Options.Add(apply);
        command.Options.Add(yes);
        command.Options.Add(grace);
        command.Options.Add(archive);
    }

    public bool IsApplied(Invocation invocation) => invocation.Value(apply);

    public bool Archives(Invocation invocation) => invocation.Value(archive);

    /// <summary>The grace period in days.</summary>
    public int Grace(Invocation invocation, RetentionPolicy policy) =>
        invocation.Value(grace) ?? (int)policy.Grace.TotalDays;

    /// <summary>Ensures that each given option has an effect, before anything is read.</summary>
    /// <exception cref="LadingException">An option has no effect without <c>--apply</c>.</exception>
    public void Ensure(Invocation invocation)
    {
        var ineffective =
            IsApplied(invocation) ? null
            : Archives(invocation) ? archive.Name
            : invocation.Value(grace) is not null ? grace.Name
            : invocation.Value(yes) ? yes.Name
            : null;
        if (ineffective is not null)
        {
            throw LadingException.Usage(
                "Could not read the command line",
                $"{ineffective} does nothing without --apply",
                "Add --apply, or leave it out to see the plan."
            );
        }
    }

    /// <summary>Ensures that an environment's registry supports the given options, before anything is read.</summary>
    /// <exception cref="LadingException">It does not.</exception>
    public void Ensure(Invocation invocation, EnvironmentDefinition environment)
    {
        if (environment.IsEmbedded && (Archives(invocation) || invocation.Value(grace) is not null))
        {
            throw LadingException.Usage(
                $"Could not clean up {environment.Name}",
                Archives(invocation)
                    ? "an embedded registry has no archive"
                    : "an embedded registry marks nothing, and deletes at once what nothing needs",
                $"Leave {(Archives(invocation) ? archive.Name : grace.Name)} out."
            );
        }
    }

    /// <summary>Whether the user agrees, by <c>--yes</c> or by answering a question.</summary>
    /// <exception cref="LadingException">There is no user to ask.</exception>
    public bool IsAgreed(Invocation invocation, string question)
    {
        if (invocation.Value(yes))
        {
            return true;
        }

        if (!invocation.Host.InIsTerminal)
        {
            throw LadingException.Usage(
                $"Could not ask '{question}'",
                "standard input is not a terminal",
                "Nothing was changed. Add --yes, or leave --apply out to see the plan."
            );
        }

        if (invocation.Terminal.Confirm(question))
        {
            return true;
        }

        invocation.Terminal.Narrate("  Nothing was changed.");
        return false;
    }
}
