;; Uses Emacs with the set-up of docs/editors.md, and writes down what it shows.
;; Run by tests/cli/test_editor_setups.py; $SM_LINT_LOG names where to write.
(require 'eglot)

(defun await (condition)
  (let ((end (time-add nil 20)))
    (while (and (not (funcall condition)) (time-less-p nil end))
      (accept-process-output nil 0.02))))

(defun show (text)
  (append-to-file (concat text "\n") nil (getenv "SM_LINT_LOG")))

(find-file "request.yaml")
(apply #'eglot (eglot--guess-contact))
(flymake-start)
(await #'flymake-diagnostics)
(dolist (found (flymake-diagnostics))
  (let ((text (car (split-string (flymake-diagnostic-text found) "\n"))))
    (show (format "%d %s" (line-number-at-pos (flymake-diagnostic-beg found)) text))))

(goto-char (point-min))
(search-forward "Tags")
(let (told)
  (eglot-hover-eldoc-function (lambda (text &rest _) (setq told (or text ""))))
  (await (lambda () told))
  (show (car (split-string told "\n"))))

(goto-char (point-min))
(search-forward "modelApprovalStatus: Approved")
(replace-match "ModelApprovalStatus:Rej" t)
(completion-at-point)
(show (buffer-substring (line-beginning-position) (line-end-position)))
