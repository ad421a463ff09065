using System.CommandLine;
using Lading.Configuration;
using Lading.Projects;

namespace Lading.Cli.Commands;

/// <summary>The environments to use: those of <c>lading.json</c>, or an account and region without any project.</summary>
internal sealed class AccountOptions
{
    private readonly Option<string?> account = new("--account")
    {
        Description = "Read this account (12 digits) instead of environments of lading.json.",
        HelpName = "id",
    };

    private readonly Option<string?> region = new("--region")
    {
        Description = "The region, with --account or --profile. Default: that of AWS_REGION or the profile.",
        HelpName = "region",
    };

    private readonly Option<string?> profile = new("--profile")
    {
        Description = "Read the account of this AWS profile instead of environments of lading.json.",
        HelpName = "name",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(account);
        command.Options.Add(region);
        command.Options.Add(profile);
    }

    /// <summary>Whether the command line has any of these options.</summary>
    public bool IsGiven(Invocation invocation) =>
        invocation.Value(account) is not null
        || invocation.Value(profile) is not null
        || invocation.Value(region) is not null;

    /// <summary>The project, if there is one, and the selected environments.</summary>
    /// <exception cref="LadingException">No environment is selected, or one that does not exist.</exception>
    public async Task<(Project? Project, IReadOnlyList<EnvironmentDefinition> Environments)> ReadAsync(
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var (id, profileName) = (invocation.Value(account), invocation.Value(profile));
        if (id is not null || profileName is not null)
        {
            if (profileName is not null)
            {
                invocation.EnsureProfile(profileName);
            }

            return (null, [Named(id, profileName, invocation.Value(region))]);
        }

        if (invocation.Value(region) is not null)
        {
            throw LadingException.Usage(
                "Could not choose an account",
                "--region goes with --account or --profile",
                "Environments of lading.json have their own regions."
            );
        }

        var folder = invocation.Host.WorkingDirectory;
        var verb = invocation.Parsed.CommandResult.Command.Name;
        if (ConfigurationFile.Find(folder) is null)
        {
            throw LadingException.Usage(
                "Could not choose an environment",
                $"there is no lading.json in {folder} or in a folder above",
                $"Go to the project's folder, or name an account: lading {verb} --account 111111111111 --region eu-central-1"
            );
        }

        var project = await Project.FindAsync(folder, environment: null, cancellationToken).ConfigureAwait(false);
        return (project, AccountEnvironments.Of(project.Configuration, invocation.EnvironmentName, verb));
    }

    /// <summary>The same for a verb that uses one environment.</summary>
    /// <exception cref="LadingException">The selection is ambiguous or empty.</exception>
    public async Task<(Project? Project, EnvironmentDefinition Environment)> ReadOneAsync(
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var (project, environments) = await ReadAsync(invocation, cancellationToken).ConfigureAwait(false);
        return environments.Count == 1
            ? (project, environments[0])
            : throw LadingException.Usage(
                "Could not choose an environment",
                $"there are several: {string.Join(", ", environments.Select(each => each.Name))}",
                $"Name one: lading {invocation.Parsed.CommandResult.Command.Name} --env {environments[0].Name}"
            );
    }

    private static EnvironmentDefinition Named(string? account, string? profile, string? region) =>
        account is null || AccountId.Is(account)
            ? new EnvironmentDefinition
            {
                Name = account ?? profile!,
                Account = account,
                Region = region,
                Profile = profile,
                IsAdHoc = true,
                Selector = EnvironmentDefinition.SelectorOf(account, region, profile),
            }
            : throw LadingException.Usage(
                "Could not choose an account",
                $"'{account}' is not an account id",
                "Write its 12 digits."
            );
}
