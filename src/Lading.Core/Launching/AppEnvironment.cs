using Lading.Configuration;

namespace Lading.Launching;

/// <summary>
/// The environment of an app that CDK starts: the named one, otherwise the one with CDK's account and region. Never the local one by
/// default, and never a guess.
/// </summary>
internal static class AppEnvironment
{
    private const string Attempted = "Could not choose an environment for the app";

    /// <summary>Chooses the environment.</summary>
    /// <exception cref="LadingException">None or several match, or the named one does not have CDK's account and region.</exception>
    public static EnvironmentDefinition Choose(AppEnvironmentOptions options)
    {
        if (options is { Option: { } option, Context: { } context } && option != context)
        {
            throw LadingException.Usage(
                Attempted,
                $"--env says {option}, and the context lading:env of the app says {context}",
                "The context of the app wins: remove one of them."
            );
        }

        return (options.Option ?? options.Context ?? options.Variable) is { } name
            ? Validated(options.Configuration.GetEnvironment(name), options)
            : ByAccountAndRegion(options);
    }

    /// <summary>As <see cref="Choose"/>; null if none is named, and none or several have CDK's account and region.</summary>
    /// <exception cref="LadingException">The named one does not exist, or does not have CDK's account and region.</exception>
    public static EnvironmentDefinition? Find(AppEnvironmentOptions options) =>
        (options.Option ?? options.Context ?? options.Variable) is not null ? Choose(options)
        : Matching(options) is [var one] ? one
        : null;

    private static EnvironmentDefinition Validated(EnvironmentDefinition environment, AppEnvironmentOptions options)
    {
        if (environment.Account is { } account && options.Account is { } chosen && account != chosen)
        {
            throw LadingException.Usage(
                $"Could not use environment {environment.Name}",
                $"it is account {account}, and CDK works with account {chosen} ({CdkVariables.Account})",
                environment.Profile is { } profile
                    ? $"Run cdk with --profile {ShellArgument.Of(profile)}{Others(options)}."
                    : $"Run cdk with credentials of account {account} (--profile, or AWS_PROFILE){Others(options)}."
            );
        }

        if (environment is { Account: not null, Region: { } region } && options.Region is { } other && region != other)
        {
            throw LadingException.Usage(
                $"Could not use environment {environment.Name}",
                $"it is region {region}, and CDK works with {other} ({CdkVariables.Region})",
                $"Run cdk with AWS_REGION={region}{Others(options)}."
            );
        }

        return environment;
    }

    private static EnvironmentDefinition ByAccountAndRegion(AppEnvironmentOptions options)
    {
        if (options.Account is not { } account)
        {
            throw LadingException.Usage(
                Attempted,
                $"none is named, and {CdkVariables.Account} is not set: CDK found no credentials, or does not start the app",
                $"Log in and run cdk with --profile, or name the environment: {Names(options.Configuration)} (--env, or LADING_ENV)."
            );
        }

        var matching = Matching(options);
        return matching switch
        {
            [var one] => one,
            [] => throw LadingException.Usage(
                Attempted,
                $"none in lading.json has account {account}{(options.Region is { } region ? $" and region {region}" : "")}",
                $"Run cdk with another profile, add the environment to lading.json, or name one: {Names(options.Configuration)} (--env, or LADING_ENV)."
            ),
            _ => throw LadingException.Usage(
                Attempted,
                $"{string.Join(", ", matching.Select(each => each.Name))} all have account {account}{(options.Region is { } region ? $" and region {region}" : "")}",
                "Name one: --env, or LADING_ENV."
            ),
        };
    }

    private static IReadOnlyList<EnvironmentDefinition> Matching(AppEnvironmentOptions options) =>
        options.Account is null
            ? []
            : new StackEnvironments(options.Configuration.Environments.Values).At(
                new StackEnvironment(options.Account, options.Region)
            );

    private static string Others(AppEnvironmentOptions options) =>
        Matching(options) is [var one] ? $", or name environment {one.Name}" : "";

    private static string Names(LadingConfiguration configuration) =>
        string.Join(", ", configuration.Environments.Keys.Order(StringComparer.Ordinal));
}
