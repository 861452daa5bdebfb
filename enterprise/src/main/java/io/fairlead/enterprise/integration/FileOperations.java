package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.common.ExecutionResult;
import io.fairlead.contract.integration.file.Cancel;
import io.fairlead.contract.integration.file.CancelResponse;
import io.fairlead.contract.integration.file.Download;
import io.fairlead.contract.integration.file.FileRequest;
import io.fairlead.contract.integration.file.FileService;
import io.fairlead.contract.integration.file.Find;
import io.fairlead.contract.integration.file.FindById;
import io.fairlead.contract.integration.file.FindByIdResponse;
import io.fairlead.contract.integration.file.FindResponse;
import io.fairlead.contract.integration.file.PackageRequest;
import io.fairlead.contract.integration.file.RequestFiles;
import io.fairlead.contract.integration.file.RequestFilesResponse;
import io.fairlead.contract.integration.file.RequestPackages;
import io.fairlead.contract.integration.file.RequestPackagesResponse;
import io.fairlead.contract.integration.file.TransferCriteria;
import io.fairlead.contract.integration.file.Upload;
import io.fairlead.contract.integration.file.UploadResponse;
import io.fairlead.enterprise.file.Staging;
import io.fairlead.enterprise.file.Transfer;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.enterprise.file.Transfers;
import io.fairlead.enterprise.fleet.DeviceId;
import io.vertx.core.Future;
import java.time.Clock;
import javax.xml.namespace.QName;

/** FileService: files of devices and for devices. Their bytes come by {@link FileUpload} and go by {@link FileDownload}. */
public final class FileOperations implements IntegrationService {
    private static final QName CONTENT = new QName("urn:fairlead:integration:1:file", "content");

    private final Transfers transfers;
    private final Staging staging;
    private final Clock clock;

    public FileOperations(Transfers transfers, Staging staging, Clock clock) {
        this.transfers = transfers;
        this.staging = staging;
        this.clock = clock;
    }

    @Override
    public Class<FileService> contract() {
        return FileService.class;
    }

    @Override
    public QName attached() {
        return CONTENT;
    }

    @Override
    public void answer(Operations operations) {
        operations.answer(Find.class, this::find);
        operations.answer(FindById.class, this::findById);
        operations.answer(RequestFiles.class, this::requestFiles);
        operations.answer(RequestPackages.class, this::requestPackages);
        operations.answer(Cancel.class, this::cancel);
        operations.transfer(Upload.class, this::upload);
        operations.transfer(Download.class, this::download);
    }

    private Future<FindResponse> find(Caller caller, Find request) {
        TransferCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        return transfers.find(caller.actor(), FileWords.query(wanted, paging)).map(page -> {
            FindResponse response = new FindResponse();
            response.setPage(FileWords.page(page, paging.size(), clock.instant()));
            return response;
        });
    }

    private Future<FindByIdResponse> findById(Caller caller, FindById request) {
        return transfers.get(caller.actor(), new TransferId(request.getId())).map(one -> {
            FindByIdResponse response = new FindByIdResponse();
            response.setTransfer(FileWords.transfer(one, clock.instant()));
            return response;
        });
    }

    private Future<RequestFilesResponse> requestFiles(Caller caller, RequestFiles request) {
        return Bulk.run(
                        caller,
                        request.getFile(),
                        FileRequest::getRef,
                        each -> transfers
                                .upload(
                                        caller.actor(),
                                        new DeviceId(each.getDevice()),
                                        each.getPath(),
                                        each.getReason())
                                .map(FileOperations::done))
                .map(result -> {
                    RequestFilesResponse response = new RequestFilesResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<RequestPackagesResponse> requestPackages(Caller caller, RequestPackages request) {
        return Bulk.run(
                        caller,
                        request.getDiagnosticPackage(),
                        PackageRequest::getRef,
                        each -> transfers
                                .diagnosticPackage(caller.actor(), new DeviceId(each.getDevice()), each.getReason())
                                .map(FileOperations::done))
                .map(result -> {
                    RequestPackagesResponse response = new RequestPackagesResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<CancelResponse> cancel(Caller caller, Cancel request) {
        Future<ExecutionResult> all = Bulk.run(
                caller,
                request.getId(),
                each -> null,
                each -> transfers.cancel(caller.actor(), new TransferId(each)).map(FileOperations::done));
        return all.map(result -> {
            CancelResponse response = new CancelResponse();
            response.setResult(result);
            return response;
        });
    }

    private static Bulk.Done done(Transfer one) {
        return new Bulk.Done(one.id().value(), null);
    }

    private Future<UploadResponse> upload(Caller caller, Upload request) {
        return new FileUpload(staging, caller, request.getFile()).run().map(one -> {
            UploadResponse response = new UploadResponse();
            response.setTransfer(FileWords.transfer(one, clock.instant()));
            return response;
        });
    }

    private Future<Object> download(Caller caller, Download request) {
        return new FileDownload(transfers, caller, new TransferId(request.getId())).answer(clock.instant());
    }
}
