using System.Net;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>One call of the distribution protocol as a value. Retries, logins, redirects and errors are written once, around it.</summary>
/// <typeparam name="T">What it answers.</typeparam>
internal interface IRegistryRequest<T>
{
    /// <summary>What is attempted, as the start of an error: <c>Could not find blob sha256:… in host/repository</c>.</summary>
    string Attempted { get; }

    /// <summary>What a token must allow.</summary>
    ScopeSet Scope { get; }

    /// <summary>Whether a blob's bytes move. Those get a connection of their own; all else shares one where the registry speaks HTTP/2.</summary>
    bool MovesBlob => false;

    /// <summary>
    /// Whether it may be sent again as it is. What is not repeatable fails with a <see cref="FailedAttemptException"/> instead, and
    /// whoever sent it decides where to begin again.
    /// </summary>
    bool IsRepeatable => true;

    /// <summary>Makes the message; called again for each try, so that a body is opened again.</summary>
    HttpRequestMessage CreateMessage(Uri root);

    /// <summary>Whether a status is an answer, good or bad; others are retried or are failures.</summary>
    bool IsAnswer(HttpStatusCode status);

    /// <summary>Reads the answer, which is disposed of afterwards unless its body was opened.</summary>
    Task<T> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken);
}
