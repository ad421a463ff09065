using System.Net;

namespace Lading.Registry;

/// <summary>One call of the distribution protocol as a value. Retries, logins, redirects and errors are written once, around it.</summary>
/// <typeparam name="T">What it answers.</typeparam>
internal interface IRegistryRequest<T>
{
    /// <summary>What is attempted, as the start of an error: <c>Could not find blob sha256:… in host/repository</c>.</summary>
    string Attempted { get; }

    /// <summary>What a token must allow.</summary>
    RegistryScope Scope { get; }

    /// <summary>Makes the message; called anew for each try, so that a body is opened again.</summary>
    HttpRequestMessage CreateMessage(Uri root);

    /// <summary>Whether a status is an answer, good or bad; others are retried or are failures.</summary>
    bool IsAnswer(HttpStatusCode status);

    /// <summary>Reads the answer. The response is disposed of afterwards unless the answer holds it.</summary>
    Task<T> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken);
}
