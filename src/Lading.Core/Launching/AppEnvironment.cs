using Lading.Configuration;

namespace Lading.Launching;

/// <summary>
/// Which environment an app that CDK starts takes its images from: the one that is named, else the one with the account and
/// region that CDK works with. Never the local one without being asked, and never a guess.
/// </summary>
internal static class AppEnvironment
{
    private const string Attempted = "Could not choose an environment for the app";

    /// <summary>Decides.</summary>
    /// <exception cref="LadingException">None or several fit, or the named one is not the one that CDK works with.</exception>
    public static EnvironmentDefinition Choose(AppQuestion question)
    {
        if (question is { Option: { } option, Context: { } context } && option != context)
        {
            throw LadingException.Usage(
                Attempted,
                $"--env says {option}, and the context lading:env of the app says {context}",
                "The context of the app wins: remove one of them."
            );
        }

        return (question.Option ?? question.Context ?? question.Variable) is { } name
            ? Agreeing(question.Configuration.GetEnvironment(name), question)
            : ByPlace(question);
    }

    /// <summary>As <see cref="Choose"/>; null if none is named, and the account that CDK works with tells none.</summary>
    /// <exception cref="LadingException">What is named is not there, or not what CDK works with.</exception>
    public static EnvironmentDefinition? Find(AppQuestion question) =>
        (question.Option ?? question.Context ?? question.Variable) is not null ? Choose(question)
        : Matching(question) is [var one] ? one
        : null;

    private static EnvironmentDefinition Agreeing(EnvironmentDefinition environment, AppQuestion question)
    {
        if (environment.Account is { } account && question.Account is { } chosen && account != chosen)
        {
            throw LadingException.Usage(
                $"Could not use environment {environment.Name}",
                $"it is account {account}, and CDK works with account {chosen} ({CdkVariables.Account})",
                environment.Profile is { } profile
                    ? $"Run cdk with --profile {profile}{Others(question)}."
                    : $"Run cdk with credentials of account {account} (--profile, or AWS_PROFILE){Others(question)}."
            );
        }

        if (environment is { Account: not null, Region: { } region } && question.Region is { } other && region != other)
        {
            throw LadingException.Usage(
                $"Could not use environment {environment.Name}",
                $"it is region {region}, and CDK works with {other} ({CdkVariables.Region})",
                $"Run cdk with AWS_REGION={region}{Others(question)}."
            );
        }

        return environment;
    }

    private static EnvironmentDefinition ByPlace(AppQuestion question)
    {
        if (question.Account is not { } account)
        {
            throw LadingException.Usage(
                Attempted,
                $"none is named, and {CdkVariables.Account} is not set: CDK found no credentials, or does not start the app",
                $"Log in and run cdk with --profile, or name the environment: {Names(question.Configuration)} (--env, or LADING_ENV)."
            );
        }

        var matching = Matching(question);
        return matching switch
        {
            [var one] => one,
            [] => throw LadingException.Usage(
                Attempted,
                $"none in lading.json has account {account}{(question.Region is { } region ? $" and region {region}" : "")}",
                $"Run cdk with another profile, add the environment to lading.json, or name one: {Names(question.Configuration)} (--env, or LADING_ENV)."
            ),
            _ => throw LadingException.Usage(
                Attempted,
                $"{string.Join(", ", matching.Select(each => each.Name))} all have account {account}{(question.Region is { } region ? $" and region {region}" : "")}",
                "Name one: --env, or LADING_ENV."
            ),
        };
    }

    private static IReadOnlyList<EnvironmentDefinition> Matching(AppQuestion question) =>
        question.Account is null
            ? []
            : new StackEnvironments(question.Configuration.Environments.Values).At(
                new StackEnvironment(question.Account, question.Region)
            );

    private static string Others(AppQuestion question) =>
        Matching(question) is [var one] ? $", or name environment {one.Name}" : "";

    private static string Names(LadingConfiguration configuration) =>
        string.Join(", ", configuration.Environments.Keys.Order(StringComparer.Ordinal));
}
