using Lading.Server.Distribution;
using Lading.Server.Uploads;
using Microsoft.AspNetCore.Http;

namespace Lading.Server;

/// <summary>Handles requests: admits them, finds their endpoint, and turns failures into the protocol's errors.</summary>
internal static class RequestHandler
{
    public static async Task AnswerAsync(RegistryContext context)
    {
        var cancellationToken = context.Request.HttpContext.RequestAborted;
        try
        {
            await EndpointOf(context).AnswerAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (Exception failure)
            when (FailureOf(failure) is not null
                && !context.Response.HasStarted
                && !cancellationToken.IsCancellationRequested
            )
        {
            if (failure is SlowBodyException)
            {
                context.Response.Headers.Connection = "close";
            }

            await FailureOf(failure)!.WriteAsync(context, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="DistributionException">The request is not admitted, or has no endpoint.</exception>
    private static IEndpoint EndpointOf(RegistryContext context)
    {
        var request = context.Request;
        if (!RequestGuard.Admits(request, context.Registry.Options.Logins.AreNeeded))
        {
            throw DistributionException.Denied("requests of web pages, or to another host, are not answered");
        }

        if (HttpMethods.IsConnect(request.Method))
        {
            throw DistributionException.Unsupported("this is a registry, not a proxy: it does not take CONNECT");
        }

        // AWS operations are signed, and verify that themselves.
        if (AwsRoutes.Find(request) is { } call)
        {
            return call;
        }

        context.Registry.Logins.Require(request);
        return DistributionRoutes.Get(request.Method, request.Path.Value ?? "");
    }

    private static DistributionException? FailureOf(Exception failure) =>
        failure switch
        {
            DistributionException known => known,
            SlowBodyException => new(StatusCodes.Status408RequestTimeout, "SIZE_INVALID", failure.Message),
            TooManyUploadsException => new(StatusCodes.Status429TooManyRequests, "TOOMANYREQUESTS", failure.Message),
            BadHttpRequestException bad => new(bad.StatusCode, "SIZE_INVALID", bad.Message),
            IOException or UnauthorizedAccessException or LadingException => DistributionException.Internal(
                failure.Message
            ),
            _ => null,
        };
}
